import type { ChildProcess } from 'node:child_process';
import { isAbsolute } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Options } from 'open';
import { childEnvironment, isWsl, type OwnMachine } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { createOneShotPage } from './one-shot-page.js';

export interface BrowserOptions extends OwnMachine {
  readonly signal: AbortSignal;
  /** How long the browser may take to load the page, in milliseconds. */
  readonly loadWithinMs?: number;
}

const LOAD_WITHIN_MS = 15_000;
/** How long after its launcher has exited the browser may need the page, where reads cannot be detected. */
const GRACE_MS = 2_000;

/**
 * Opens a URL in the user's browser, or the program in `HPC_DESK_BROWSER`, and waits until it has loaded.
 *
 * The URL may be a secret, so the browser is started with a temporary file that redirects to it. The browser outlives
 * this process.
 *
 * @param url - http or https; the caller has checked it.
 * @returns `impossible` without a browser that the user could see, or when disabled by the user.
 * @throws the signal's reason when aborted.
 */
export async function openInBrowser(url: string, options: BrowserOptions) {
  const { signal, loadWithinMs = LOAD_WITHIN_MS } = options;
  signal.throwIfAborted();
  if (!mayOpenBrowser(options)) return 'impossible';
  const opener = findOpener(options);
  if (opener === undefined) return 'failed';
  // The caller prints the URL anyway, so a full disk is not fatal.
  const page = await createOneShotPage(url).catch(() => undefined);
  if (page === undefined) return 'failed';
  const done = new AbortController();
  try {
    const launcher = await launch(page.path, opener);
    if (launcher === undefined) return 'failed';
    const limit = AbortSignal.any([signal, done.signal]);
    const loaded = page.isLoaded(loadWithinMs, limit);
    const launched = waitForLauncher(launcher).then((hasSucceeded) => {
      if (!hasSucceeded) return false;
      return page.hasAccessTimes ? loaded : sleep(GRACE_MS, true, { signal: limit });
    });
    const isLoaded = await Promise.race([loaded, launched]);
    return isLoaded ? 'opened' : 'failed';
  } finally {
    done.abort();
    await page.remove();
  }
}

/** Argument of `open`: empty for the system's default browser; undefined when the program is missing. */
function findOpener(machine: OwnMachine): Options | undefined {
  if (!machine.environment.HPC_DESK_BROWSER && defaultBrowser(machine)) return {};
  // The bundle does not contain the xdg-open of the npm package.
  const program = findBrowserProgram(machine);
  return program === undefined ? undefined : { app: { name: program } };
}

/** `open` passes on `process.env`, so our secrets are removed from it meanwhile. */
async function launch(path: string, opener: Options): Promise<ChildProcess | undefined> {
  const { default: open } = await import('open');
  const kept = childEnvironment(process.env);
  const hidden = Object.entries(process.env).filter(([name]) => !Object.hasOwn(kept, name));
  for (const [name] of hidden) delete process.env[name];
  try {
    return await open(path, opener);
  } catch {
    // The launcher is missing or not executable.
    return undefined;
  } finally {
    Object.assign(process.env, Object.fromEntries(hidden));
  }
}

/** Waits for the launcher; returns whether its exit code is 0. */
async function waitForLauncher(launcher: ChildProcess): Promise<boolean> {
  const hasExited = launcher.exitCode !== null || launcher.signalCode !== null;
  if (!hasExited) await new Promise((resolve) => launcher.once('exit', resolve));
  return launcher.exitCode === 0;
}

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', win32: 'Windows' };

/** Name of the system, if it opens pages itself. */
function defaultBrowser(machine: OwnMachine): string | undefined {
  return isWsl(machine) ? 'Windows' : SYSTEMS[machine.platform];
}

export type BrowserFacts = ReturnType<typeof findBrowser>;

/** Finds what would open a web page; starts nothing. */
export function findBrowser(machine: OwnMachine) {
  const { HPC_DESK_BROWSER: preferred } = machine.environment;
  return {
    /** Path of the program, or the name of the system that opens pages itself. */
    opener: (!preferred && defaultBrowser(machine)) || findBrowserProgram(machine),
    isOff: preferred === 'none',
    /** Whether the user can see a window opened here. */
    canBeSeen: mayOpenBrowser(machine),
  };
}

/** The program in `HPC_DESK_BROWSER`, else xdg-open. On macOS a name (`Safari`) or absolute path, for open(1). */
function findBrowserProgram({ platform, environment }: OwnMachine): string | undefined {
  const name = environment.HPC_DESK_BROWSER || 'xdg-open';
  if (platform !== 'darwin') return findProgram(name, environment);
  return isAbsolute(name) || !name.includes('/') ? name : undefined;
}

/** Whether the user can see a browser opened here; pure. `HPC_DESK_BROWSER` overrides the check; `none` forbids. */
export function mayOpenBrowser(machine: OwnMachine): boolean {
  const { platform, environment } = machine;
  const { HPC_DESK_BROWSER: preferred, CI, SSH_CONNECTION, SSH_TTY } = environment;
  if (preferred) return preferred !== 'none';
  if (CI) return false;
  const isRemote = Boolean(SSH_CONNECTION || SSH_TTY);
  if (platform === 'darwin' || platform === 'win32') return !isRemote;
  // Set also for X11 or Wayland forwarded by ssh.
  const hasDisplay = Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
  return hasDisplay || (isWsl(machine) && !isRemote);
}
