import fc from 'fast-check';

/** Marks that mean something to a shell, a URL, ssh, a terminal or JSON: more of them than chance would bring. */
const MARKS = [...' \t\n\r\0\x1b\x9b\'"`$\\!*?~#&|;<>(){}[]%@:/.,=+-_^'];
/** Drawn as nothing, turning text round, half a character, or looking like another. */
const ODD = [
  ...['\u202e', '\u2066', '\u200b', '\u200d', '\ufeff', '\u00ad', '\u2028', '\ufe0f', '\u{e0041}'],
  ...['\ud800', '\udc00', '\u3002', '\uff0e', '\uff11', '\u0131', '\u2018', '\u2019', '\u201b'],
  ...['\u00e9', '\u0661', '会', '🖥'],
];

/** Any text, hostile ones more often. */
export const anyText = fc.string({
  unit: fc.oneof(
    { arbitrary: fc.constantFrom(...MARKS), weight: 3 },
    { arbitrary: fc.constantFrom(...'aZ09'), weight: 3 },
    { arbitrary: fc.constantFrom(...ODD), weight: 2 },
    { arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), weight: 1 },
  ),
  maxLength: 40,
});

/** Text that a pipe carries as it is. */
export const anyPipedText = anyText.map((text) => text.toWellFormed().replaceAll('\0', ''));

/** A text of these characters, with now and then one that does not belong there. */
export function almost(characters: string, maxLength = 24): fc.Arbitrary<string> {
  const usual = fc.string({ unit: fc.constantFrom(...characters), maxLength });
  const spoilt = fc
    .tuple(usual, fc.oneof(fc.constantFrom(...MARKS, ...ODD), anyText), usual)
    .map((parts) => parts.join(''));
  return fc.oneof({ arbitrary: usual, weight: 3 }, { arbitrary: spoilt, weight: 1 });
}
