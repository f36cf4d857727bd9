import fc from 'fast-check';
import { escapeJson, visible, visibleLines } from '../../src/model/sanitize.js';
import { findForbidden } from '../hostile/injection/forbidden.js';
import { property } from './property.js';
import { anyText } from './texts.js';

const hasForbidden = (text: string) => findForbidden(text)?.startsWith('U+') === true;
const harmlessText = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(
        ...'abcXYZ 019-_.:/\\\'"{}[]<>&%$',
        '昆',
        '山',
        'é',
        'ñ',
        'ن',
        '🖥',
        '🇨🇳',
        'か',
        '\u00a0',
        '\ufffd',
      ),
      fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
        .filter((one) => !hasForbidden(one)),
    ),
    maxLength: 40,
  })
  .filter((text) => findForbidden(text) === undefined);

/** Decodes the escapes of a text that had no backslashes. */
function readEscapes(text: string): string {
  return text.replace(/\\x([\da-f]{2})|\\u([\da-f]{4})|\\u\{([\da-f]+)\}/g, (_, two, four, more) =>
    String.fromCodePoint(Number.parseInt(two ?? four ?? more, 16)),
  );
}

property(
  'visible escapes all control and invisible characters',
  2_500,
  anyText,
  (text) => !hasForbidden(visible(text)) && !visible(text).includes('\n'),
);

property(
  'visible is idempotent for any text',
  1_000,
  anyText,
  (text) => visible(visible(text)) === visible(text),
);

property(
  'visible leaves harmless text unchanged',
  1_200,
  harmlessText,
  (text) => visible(text) === text,
);

property(
  'the escapes of visible can be decoded',
  1_000,
  anyText.map((text) => text.replaceAll('\\', '')),
  (text) => readEscapes(visible(text)) === text,
);

property(
  'visibleLines keeps the line feeds and escapes all other control characters',
  800,
  anyText,
  (text) => {
    const shown = visibleLines(text);
    return !hasForbidden(shown) && shown.split('\n').length === text.split('\n').length;
  },
);

property(
  'escaped JSON parses to the same value and has no control or invisible characters',
  800,
  fc.tuple(
    fc.dictionary(anyText, fc.oneof(anyText, fc.integer(), fc.array(anyText, { maxLength: 3 })), {
      maxKeys: 3,
    }),
    fc.constantFrom(undefined, 2),
  ),
  ([value, indent]) => {
    const json = JSON.stringify(value, null, indent);
    const escaped = escapeJson(json);
    return !hasForbidden(escaped) && JSON.stringify(JSON.parse(escaped)) === JSON.stringify(value);
  },
);
