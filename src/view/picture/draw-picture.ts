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

/** Escape sequences that draw the picture at the cursor. */
export function drawPicture({ graphics, picture, png }: Drawing, columns: number): string {
  if (graphics === 'kitty') return drawByKitty(png, columns);
  return graphics === 'iterm' ? drawByIterm(png) : drawHalfBlocks(picture, columns);
}

/** Chooses by environment variables; block characters for unknown terminals and in tmux and screen, which pass no images. */
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

/** Konsole 22.04. */
const FIRST_KONSOLE_WITH_KITTY = 220_400;
