import fc from 'fast-check';

/** Characters that are special to a shell, a URL, ssh, a terminal or JSON; more frequent than in random text. */
const MARKS = [...' \t\n\r\0\x1b\x9b\'"`$\\!*?~#&|;<>(){}[]%@:/.,=+-_^'];
/** Invisible, bidi, confusable and other non-ASCII characters, and lone surrogates. */
const ODD = [
  ...['\u202e', '\u2066', '\u200b', '\u200d', '\ufeff', '\u00ad', '\u2028', '\ufe0f', '\u{e0041}'],
  ...['\ud800', '\udc00', '\u3002', '\uff0e', '\uff11', '\u0131', '\u2018', '\u2019', '\u201b'],
  ...['\u00e9', '\u0661', '会', '🖥'],
];

/** Any text, with hostile characters more often. */
export const anyText = fc.string({
  unit: fc.oneof(
    { arbitrary: fc.constantFrom(...MARKS), weight: 3 },
    { arbitrary: fc.constantFrom(...'aZ09'), weight: 3 },
    { arbitrary: fc.constantFrom(...ODD), weight: 2 },
    { arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), weight: 1 },
  ),
  maxLength: 40,
});

/** Well-formed text without NUL, which survives a pipe. */
export const anyPipedText = anyText.map((text) => text.toWellFormed().replaceAll('\0', ''));

/** Text of these characters, occasionally with others. */
export function almost(characters: string, maxLength = 24): fc.Arbitrary<string> {
  const usual = fc.string({ unit: fc.constantFrom(...characters), maxLength });
  const spoilt = fc
    .tuple(usual, fc.oneof(fc.constantFrom(...MARKS, ...ODD), anyText), usual)
    .map((parts) => parts.join(''));
  return fc.oneof({ arbitrary: usual, weight: 3 }, { arbitrary: spoilt, weight: 1 });
}
