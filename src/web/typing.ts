/** The part of noVNC's RFB used for typing. */
export interface Keys {
  readonly viewOnly: boolean;
  sendKey(keysym: number, code: string, isDown?: boolean): void;
}

/** The part of the clipboard used for typing. */
export interface LendingClipboard {
  /** Whether it supports Unicode (Extended Clipboard), not just Latin-1. */
  readonly isExtended: boolean;
  /** Sets the clipboard temporarily, until the desktop has fetched the text, for at most 1 s. */
  lend(text: string, use: () => void): Promise<void>;
}

/** X11 keysyms (keysymdef.h). */
const BACK_SPACE = 0xff08;
const RETURN = 0xff0d;
const TAB = 0xff09;
const SHIFT_L = 0xffe1;
const INSERT = 0xff63;
/** Offset of Unicode keysyms; Latin-1 characters are their own keysyms. */
const UNICODE = 0x0100_0000;
const LAST_OF_LATIN_1 = 0xff;
const BEYOND_LATIN_1 = /[^\0-\xff]/;

export interface Change {
  readonly deleted: number;
  readonly inserted: string;
}

/** The edit at the end of the text that turns `before` into `after`: characters to delete, then text to insert. */
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

export type Typist = ReturnType<typeof makeTypist>;

/**
 * Types on the desktop, in order.
 *
 * Servers map an unknown keysym to a free key code, and there are few: TigerVNC 1.12 drops Chinese after about twenty
 * different characters, and gets the first one wrong. So text beyond Latin-1 is pasted with the clipboard and Shift+Insert,
 * which works in terminals and GUI programs, if the desktop supports the Extended Clipboard.
 */
export function makeTypist(current: () => Keys | undefined, clipboard: LendingClipboard) {
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
    type: (change: Change) => inTurn(() => type(change)),
    /** Sends keys after pending text; immediately if there is none. */
    press: (send: () => void) => inTurn(() => void send()),
  };
}

function pressPaste(rfb: Keys): void {
  rfb.sendKey(SHIFT_L, 'ShiftLeft', true);
  rfb.sendKey(INSERT, 'Insert');
  rfb.sendKey(SHIFT_L, 'ShiftLeft', false);
}
