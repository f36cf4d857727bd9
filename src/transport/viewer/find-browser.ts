import { isAbsolute } from 'node:path';
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
    opener: !wish && isWindowed ? platform : findBrowserProgram(platform, environment),
    isOff: wish === 'none',
    canBeSeen: mayOpenBrowser(platform, environment),
    hasDisplay: isWindowed || Boolean(DISPLAY || WAYLAND_DISPLAY),
  };
}

/**
 * The program that `HPC_DESK_BROWSER` names, or else xdg-open; undefined where it is not found. On macOS open(1) finds
 * applications by their name or absolute path (`Safari`), so nothing is looked up there.
 */
export function findBrowserProgram(
  platform: NodeJS.Platform,
  environment: Environment,
): string | undefined {
  const name = environment.HPC_DESK_BROWSER || 'xdg-open';
  if (platform !== 'darwin') return findProgram(name, environment);
  return isAbsolute(name) || !name.includes('/') ? name : undefined;
}
