import { isOrdinary } from './ordinary-text.js';

/**
 * Characters that control a terminal or mislead a reader: C0, DEL, C1, `Default_Ignorable_Code_Point` (UAX #44: bidi
 * controls, zero-width characters, fillers, variation selectors, tags, BOM), line and paragraph separators, annotation
 * marks, lone surrogates, and combining marks after the eighth, which would be drawn over neighbouring lines.
 */
const forbidden = () =>
  /[\p{Control}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb\p{Surrogate}]|(?<=\p{Mark}{8})\p{Mark}/gu;

/** Sanitizes text for a terminal: unsafe characters become visible escapes such as `\x1b` and `\u202e`. */
export function visible(text: string): string {
  return isOrdinary(text) ? text : text.replace(forbidden(), escapeForPeople);
}

/** The same for multi-line text; line feeds are kept. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** Escapes the same characters in JSON text, losslessly: `\u001b`, surrogate pairs beyond the BMP. */
export function escapeJson(json: string): string {
  if (isOrdinary(json.replaceAll('\n', ''))) return json;
  return json.replace(forbidden(), (character) =>
    character === '\n'
      ? character
      : character
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

function escapeForPeople(character: string): string {
  const hex = (character.codePointAt(0) as number).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
