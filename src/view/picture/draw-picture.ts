import type { Picture } from '../../model/picture.js';
import { drawHalfBlocks } from './half-blocks.js';
import { drawByIterm, drawByKitty } from './inline-png.js';

/** How a terminal can draw a picture. */
export type Graphics = 'kitty' | 'iterm' | 'blocks';

export interface Drawing {
  readonly graphics: Graphics;
  readonly picture: Picture;
  readonly png: Buffer;
}

/** Text for a terminal that puts the picture where the cursor is. */
export function drawPicture({ graphics, picture, png }: Drawing, columns: number): string {
  if (graphics === 'kitty') return drawByKitty(png, columns);
  return graphics === 'iterm' ? drawByIterm(png) : drawHalfBlocks(picture, columns);
}

/**
 * Decides by what terminals say of themselves; one that says nothing gets characters, which all can draw. tmux and screen
 * pass no pictures on.
 */
export function chooseGraphics(
  environment: Readonly<Record<string, string | undefined>>,
): Graphics {
  const { TERM = '', TERM_PROGRAM = '', TMUX, STY } = environment;
  if (TMUX || STY || /^(tmux|screen)/.test(TERM)) return 'blocks';
  const isKitty =
    Boolean(environment.KITTY_WINDOW_ID) ||
    /^xterm-(kitty|ghostty)$/.test(TERM) ||
    /^(ghostty|WarpTerminal)$/.test(TERM_PROGRAM) ||
    Number(environment.KONSOLE_VERSION) >= FIRST_KONSOLE_WITH_KITTY;
  if (isKitty) return 'kitty';
  const isIterm =
    /^(iTerm\.app|WezTerm|rio)$/.test(TERM_PROGRAM) || environment.LC_TERMINAL === 'iTerm2';
  return isIterm ? 'iterm' : 'blocks';
}

/** Konsole 22.04 writes its version as 220400. */
const FIRST_KONSOLE_WITH_KITTY = 220_400;
