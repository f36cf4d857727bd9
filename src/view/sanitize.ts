import { isOrdinary } from '../model/ordinary-text.js';

/**
 * Everything that can drive a terminal or mislead a reader: C0, DEL, C1, what Unicode says is drawn as nothing
 * (UAX #44, `Default_Ignorable_Code_Point`: bidi controls, zero-width characters, fillers, variation selectors, tag
 * characters, the byte order mark), line and paragraph separators, annotation marks, lone surrogates, and of the marks
 * on one letter all behind the eighth, because a heap of them is drawn over the lines around.
 */
const forbidden = () =>
  /[\p{Control}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb\p{Surrogate}]|(?<=\p{Mark}{8})\p{Mark}/gu;

/** The output gate: shows what must not reach a terminal as visible escapes such as `\x1b` and `\u202e`. */
export function visible(text: string): string {
  return isOrdinary(text) ? text : text.replace(forbidden(), escapeForPeople);
}

/** The same for prose of several lines: line feeds stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** The same set inside JSON text, without loss: `\u001b`, surrogate pairs for what lies beyond. */
export function escapeJson(json: string): string {
  if (isOrdinary(json.replaceAll('\n', ''))) return json;
  return json.replace(forbidden(), (character) =>
    character === '\n'
      ? character
      : [...Array(character.length).keys()]
          .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

function escapeForPeople(character: string): string {
  // What is forbidden is never empty.
  const hex = (character.codePointAt(0) as number).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
