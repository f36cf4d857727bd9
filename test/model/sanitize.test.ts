import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, visible, visibleLines } from '../../src/model/sanitize.js';
import { FORBIDDEN_RANGES } from '../helpers/forbidden-ranges.js';

const ALL = FORBIDDEN_RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
);
const isForbidden = (text: string) =>
  [...text].some((character) =>
    FORBIDDEN_RANGES.some(([first, last]) => {
      const code = character.codePointAt(0) ?? 0;
      return code >= first && code <= last;
    }),
  );

const anyText = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...ALL, 'a', '字', '🖥', '\n', '"')),
});

describe('sanitizing for a terminal', () => {
  it.each(FORBIDDEN_RANGES)('escapes U+%x to U+%x: %s', (first, last) => {
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
    ['\u034f', '\\u034f'],
    [`e${'\u0301'.repeat(10)}`, `e${'\u0301'.repeat(8)}\\u0301\\u0301`],
  ])('escapes %j as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    ...['gv101:4', '华东一区【昆山】', 'naïve', '🖥 🇨🇳', 'نص', '\u00a0', '\ufffd'],
    ...['e\u0301', 'gv101-4-e\u0301', `e${'\u0301'.repeat(8)}x`],
  ])('leaves %j unchanged', (text) => {
    expect(visible(text)).toBe(text);
  });

  it.each([
    ['one\ntwo\n', 'one\ntwo\n'],
    ['\x1b[2J\n\r\u2028', '\\x1b[2J\n\\x0d\\u2028'],
  ])('escapes the lines %j as %j', (text, shown) => {
    expect(visibleLines(text)).toBe(shown);
  });

  it('leaves no forbidden character in any text', () => {
    fc.assert(fc.property(anyText, (text) => !isForbidden(visible(text))));
  });

  it('leaves only line feeds unescaped in multi-line text', () => {
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
    'parses to the same value and has no forbidden characters, indented by %j',
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

  it('uses surrogate pairs for characters outside the BMP', () => {
    expect(escapeJson(JSON.stringify('\u{e0041}'))).toBe('"\\udb40\\udc41"');
  });
});
