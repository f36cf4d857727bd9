import type { ChildProcess } from 'node:child_process';
import { isAbsolute } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Options } from 'open';
import { childEnvironment, type Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import type { BrowserOutcome } from '../transport.js';
import { createOneShotPage } from './one-shot-page.js';

export interface BrowserOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** How long the browser may take to load the page, in milliseconds. */
  readonly loadWithinMs?: number;
}

const LOAD_WITHIN_MS = 15_000;
/** How long a browser that its launcher has told of the page may take to load it, where no read of it is noted. */
const GRACE_MS = 2_000;

/**
 * Opens a URL in the user's browser, or in the program that `HPC_DESK_BROWSER` names, and waits until it has got it.
 *
 * The URL may be a secret: what the browser is started with is a file that leads there and is gone afterwards. The
 * browser stays when we end.
 *
 * @param url - http or https, as its reader has checked.
 * @throws the reason of the signal when it aborts.
 */
export async function openInBrowser(url: string, options: BrowserOptions): Promise<BrowserOutcome> {
  const { platform, environment, signal, loadWithinMs = LOAD_WITHIN_MS } = options;
  signal.throwIfAborted();
  if (!mayOpenBrowser(platform, environment)) return 'impossible';
  const opener = findOpener(platform, environment);
  if (opener === undefined) return 'failed';
  // The user has the URL all the same, so a full disk is no reason to fail as a whole.
  const page = await createOneShotPage(url).catch(() => undefined);
  if (page === undefined) return 'failed';
  const over = new AbortController();
  try {
    const launcher = await launch(page.path, opener);
    if (launcher === undefined) return 'failed';
    const limit = AbortSignal.any([signal, over.signal]);
    const loaded = page.isLoaded(loadWithinMs, limit);
    const ended = endOf(launcher).then((wasFine) => {
      if (!wasFine) return false;
      return page.notesReads ? loaded : sleep(GRACE_MS, true, { signal: limit });
    });
    const isLoaded = await Promise.race([loaded, ended]);
    return isLoaded ? 'opened' : 'failed';
  } finally {
    over.abort();
    await page.remove();
  }
}

/** What `open` is to start: a program, or what the system prefers; undefined when the program is not there. */
function findOpener(platform: NodeJS.Platform, environment: Environment): Options | undefined {
  const preferred = environment.HPC_DESK_BROWSER;
  const isLeftToSystem = platform === 'darwin' || platform === 'win32' || isWsl(environment);
  if (!preferred && isLeftToSystem) return {};
  // The xdg-open that comes with the package is not part of our bundle.
  const program = findBrowserProgram(platform, environment);
  return program === undefined ? undefined : { app: { name: program } };
}

async function launch(path: string, opener: Options): Promise<ChildProcess | undefined> {
  const { default: open } = await import('open');
  try {
    return await withoutOurVariables(() => open(path, opener));
  } catch {
    // The launcher is missing, or may not be run.
    return undefined;
  }
}

/** `open` hands its whole environment on, and ours holds secrets. */
async function withoutOurVariables<Result>(run: () => Promise<Result>): Promise<Result> {
  const kept = childEnvironment(process.env);
  const hidden = Object.entries(process.env).filter(([name]) => !Object.hasOwn(kept, name));
  for (const [name] of hidden) delete process.env[name];
  try {
    return await run();
  } finally {
    Object.assign(process.env, Object.fromEntries(hidden));
  }
}

/** Settles when the launcher has ended, with whether it says that it went well. */
async function endOf(launcher: ChildProcess): Promise<boolean> {
  const isOver = launcher.exitCode !== null || launcher.signalCode !== null;
  if (!isOver) await new Promise((resolve) => launcher.once('exit', resolve));
  return launcher.exitCode === 0;
}

export interface BrowserFacts {
  /** What would open a page: the path of a program, or the name of the system that does it by itself. */
  readonly opener: string | undefined;
  /** `HPC_DESK_BROWSER=none`. */
  readonly isOff: boolean;
  /** Whether a window that is opened here would be in front of the user. */
  readonly canBeSeen: boolean;
}

/** The systems that open a page by themselves. */
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', win32: 'Windows' };

/** Says what would show a web page; starts nothing. */
export function findBrowser(platform: NodeJS.Platform, environment: Environment): BrowserFacts {
  const { HPC_DESK_BROWSER: preferred } = environment;
  const system = isWsl(environment) ? 'Windows' : SYSTEMS[platform];
  return {
    opener: (!preferred && system) || findBrowserProgram(platform, environment),
    isOff: preferred === 'none',
    canBeSeen: mayOpenBrowser(platform, environment),
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

/**
 * Whether a browser that is opened here can be seen by the user; pure.
 *
 * `HPC_DESK_BROWSER` decides where it is set: `none` forbids, and whoever names a program knows that it can be seen.
 */
export function mayOpenBrowser(platform: NodeJS.Platform, environment: Environment): boolean {
  const { HPC_DESK_BROWSER: preferred, CI, SSH_CONNECTION, SSH_TTY } = environment;
  if (preferred) return preferred !== 'none';
  if (CI) return false;
  const isRemote = Boolean(SSH_CONNECTION || SSH_TTY);
  if (platform === 'darwin' || platform === 'win32') return !isRemote;
  // X11 and Wayland say where windows go, also when ssh forwards them.
  const hasDisplay = Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
  return hasDisplay || (isWsl(environment) && !isRemote);
}

/** Linux inside Windows, which sets these for every shell (https://learn.microsoft.com/windows/wsl/interop). */
export function isWsl({ WSL_DISTRO_NAME, WSL_INTEROP }: Environment): boolean {
  return Boolean(WSL_DISTRO_NAME || WSL_INTEROP);
}
