/** The part of noVNC's RFB that types. */
export interface Keys {
  readonly viewOnly: boolean;
  sendKey(keysym: number, code: string, isDown?: boolean): void;
}

/** The part of a desktop's clipboard that typing needs. */
export interface LendingClipboard {
  /** Whether it takes every character, and not Latin-1 only. */
  readonly isExtended: boolean;
  /** Sets it until the desktop has fetched the text, or has not within a second, and then back. */
  lend(text: string, use: () => void): Promise<void>;
}

/** X11 keysyms (keysymdef.h) of what has no character. */
const BACK_SPACE = 0xff08;
const RETURN = 0xff0d;
const TAB = 0xff09;
const SHIFT_L = 0xffe1;
const INSERT = 0xff63;
/** Where the keysyms of Unicode begin; Latin-1 is its own. */
const UNICODE = 0x0100_0000;
const LAST_OF_LATIN_1 = 0xff;
const BEYOND_LATIN_1 = /[^\0-\xff]/;

export interface Change {
  readonly deleted: number;
  readonly inserted: string;
}

/** What turns one text into another, as somebody would type it at its end: so many characters back, and then these. */
export function changeBetween(before: string, after: string): Change {
  const [from, to] = [[...before], [...after]];
  const differs = from.findIndex((character, index) => character !== to[index]);
  const same = differs === -1 ? from.length : differs;
  return { deleted: from.length - same, inserted: to.slice(same).join('') };
}

export function keysymsOf(text: string): readonly number[] {
  return [...text].map((character) => {
    if (character === '\n') return RETURN;
    if (character === '\t') return TAB;
    const code = character.codePointAt(0) ?? 0;
    return code > LAST_OF_LATIN_1 ? UNICODE + code : code;
  });
}

/** Types on a desktop, in order. */
export interface Typist {
  type(change: Change): void;
  /** Sends keys when what was typed before has arrived: at once, where nothing waits. */
  press(send: () => void): void;
}

/**
 * A server gives a keysym that no key has to a free key code, and a keyboard has few of those: TigerVNC 1.12 drops Chinese
 * after some twenty different characters, and gets the first one wrong. So text beyond Latin-1 goes by the clipboard and
 * Shift+Insert, which pastes in terminals and in windows, where the desktop takes such text.
 */
export function makeTypist(current: () => Keys | undefined, clipboard: LendingClipboard): Typist {
  let pasting: Promise<void> | undefined;

  function inTurn(work: () => Promise<void> | undefined): void {
    const done = pasting === undefined ? work() : pasting.then(work);
    if (done === undefined) return;
    const next = done.finally(() => {
      if (pasting === next) pasting = undefined;
    });
    pasting = next;
  }

  function type({ deleted, inserted }: Change): Promise<void> | undefined {
    const rfb = current();
    if (rfb === undefined || rfb.viewOnly) return undefined;
    for (let count = 0; count < deleted; count += 1) rfb.sendKey(BACK_SPACE, 'Backspace');
    if (clipboard.isExtended && BEYOND_LATIN_1.test(inserted)) {
      return clipboard.lend(inserted, () => pressPaste(rfb));
    }
    for (const keysym of keysymsOf(inserted)) rfb.sendKey(keysym, '');
    return undefined;
  }

  return {
    type: (change) => inTurn(() => type(change)),
    press(send) {
      inTurn(() => {
        send();
        return undefined;
      });
    },
  };
}

function pressPaste(rfb: Keys): void {
  rfb.sendKey(SHIFT_L, 'ShiftLeft', true);
  rfb.sendKey(INSERT, 'Insert');
  rfb.sendKey(SHIFT_L, 'ShiftLeft', false);
}
