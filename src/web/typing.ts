/** X11 keysyms (keysymdef.h) of what has no character. */
const BACK_SPACE = 0xff08;
const RETURN = 0xff0d;
const TAB = 0xff09;
/** Where the keysyms of Unicode begin; Latin-1 is its own. */
const UNICODE = 0x0100_0000;
const LAST_OF_LATIN_1 = 0xff;

/** The keysyms that turn one text into another, as somebody would type them at its end. */
export function keysymsBetween(before: string, after: string): readonly number[] {
  const [from, to] = [[...before], [...after]];
  const differs = from.findIndex((character, index) => character !== to[index]);
  const same = differs === -1 ? from.length : differs;
  return [
    ...Array.from({ length: from.length - same }, () => BACK_SPACE),
    ...to.slice(same).map(keysymOf),
  ];
}

function keysymOf(character: string): number {
  if (character === '\n') return RETURN;
  if (character === '\t') return TAB;
  const code = character.codePointAt(0) ?? 0;
  return code > LAST_OF_LATIN_1 ? UNICODE + code : code;
}
