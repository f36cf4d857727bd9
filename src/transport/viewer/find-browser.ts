import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { isWsl, mayOpenBrowser } from './may-open-browser.js';

export interface BrowserFacts {
  /** What would open a page: the path of a program, or the name of the system that does it by itself. */
  readonly opener: string | undefined;
  /** `HPC_DESK_BROWSER=none`. */
  readonly isOff: boolean;
  /** Whether a window that is opened here would be in front of the user. */
  readonly canBeSeen: boolean;
  /** Whether viewers have a display to open their window on. */
  readonly hasDisplay: boolean;
}

/** Says what would show a web page; starts nothing. */
export function findBrowser(platform: NodeJS.Platform, environment: Environment): BrowserFacts {
  const { HPC_DESK_BROWSER: wish, DISPLAY, WAYLAND_DISPLAY } = environment;
  const isWindowed = platform === 'win32' || platform === 'darwin' || isWsl(environment);
  return {
    opener: !wish && isWindowed ? platform : findProgram(wish || 'xdg-open', environment),
    isOff: wish === 'none',
    canBeSeen: mayOpenBrowser(platform, environment),
    hasDisplay: isWindowed || Boolean(DISPLAY || WAYLAND_DISPLAY),
  };
}
