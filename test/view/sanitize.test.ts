import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, visible, visibleLines } from '../../src/view/sanitize.js';

/** Ranges of code points that drive a terminal, turn text around, or are drawn as nothing. */
const FORBIDDEN: readonly (readonly [first: number, last: number, what: string])[] = [
  [0x00, 0x1f, 'C0'],
  [0x7f, 0x9f, 'DEL and C1'],
  [0xad, 0xad, 'soft hyphen'],
  [0x34f, 0x34f, 'combining grapheme joiner'],
  [0x61c, 0x61c, 'Arabic letter mark'],
  [0x115f, 0x1160, 'Hangul fillers'],
  [0x180b, 0x180f, 'Mongolian selectors'],
  [0x200b, 0x200f, 'zero width and direction marks'],
  [0x2028, 0x2029, 'line and paragraph separator'],
  [0x202a, 0x202e, 'bidi embeddings and overrides'],
  [0x2060, 0x206f, 'invisible operators and bidi isolates'],
  [0x3164, 0x3164, 'Hangul filler'],
  [0xd800, 0xdfff, 'lone surrogates'],
  [0xfe00, 0xfe0f, 'variation selectors'],
  [0xfeff, 0xfeff, 'byte order mark'],
  [0xffa0, 0xffa0, 'half-width filler'],
  [0xfff9, 0xfffb, 'annotations'],
  [0xe0000, 0xe0fff, 'tags'],
];

const ALL = FORBIDDEN.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
);
const isForbidden = (text: string) =>
  [...text].some((character) =>
    FORBIDDEN.some(([first, last]) => {
      const code = character.codePointAt(0) ?? 0;
      return code >= first && code <= last;
    }),
  );

const anyText = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...ALL, 'a', '字', '🖥', '\n', '"')),
});

describe('the output gate', () => {
  it.each(FORBIDDEN)('shows U+%x to U+%x: %s', (first, last) => {
    for (let code = first; code <= last; code++) {
      expect(visible(`a${String.fromCodePoint(code)}b`)).toMatch(/^a\\(x|u|u\{)[0-9a-f]+\}?b$/);
    }
  });

  it.each([
    ['\x1b[31m', '\\x1b[31m'],
    ['\x9b31m', '\\x9b31m'],
    ['\u202eexe.txt', '\\u202eexe.txt'],
    ['a\nb', 'a\\x0ab'],
    ['\ud800', '\\ud800'],
    ['\u{e0041}', '\\u{e0041}'],
  ])('writes %j as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(['gv101:4', '华东一区【昆山】', 'naïve', 'e\u0301', '🖥 🇨🇳', 'نص', '\u00a0', '\ufffd'])(
    'leaves %j as it is',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  it('lets nothing through, whatever comes', () => {
    fc.assert(fc.property(anyText, (text) => !isForbidden(visible(text))));
  });

  it('lets nothing but line feeds through where lines are meant', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visibleLines(text);
        expect(isForbidden(shown.replaceAll('\n', ''))).toBe(false);
        expect(shown.split('\n')).toHaveLength(text.split('\n').length);
      }),
    );
  });
});

describe('escaped JSON', () => {
  const anyValue = fc.object({ key: anyText, values: [anyText, fc.integer(), fc.constant(null)] });

  it.each([undefined, 2])(
    'means the same and holds nothing forbidden, indented by %j',
    (indent) => {
      fc.assert(
        fc.property(anyValue, (value) => {
          const json = JSON.stringify(value, null, indent);
          const escaped = escapeJson(json);
          expect(JSON.parse(escaped)).toEqual(JSON.parse(json));
          expect(isForbidden(escaped.replaceAll('\n', ''))).toBe(false);
        }),
      );
    },
  );

  it('writes what lies beyond the first plane as a pair', () => {
    expect(escapeJson(JSON.stringify('\u{e0041}'))).toBe('"\\udb40\\udc41"');
  });
});
