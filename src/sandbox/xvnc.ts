import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { DeskError } from '../errors/desk-error.js';
import type { Display } from '../model/endpoint.js';
import type { Desktop, DesktopOptions } from './desktop.js';
import { createDesktopFolder, type DesktopFolder } from './desktop-folder.js';
import { type GuardedProcess, startGuarded } from './guarded-process.js';
import { pickDisplay } from './pick-display.js';
import { startXClients } from './x-clients.js';

export interface XvncOptions extends DesktopOptions {
  /** Absolute path of Xvnc (TigerVNC). */
  readonly program: string;
  /** Where PATH, HOME and the language are taken from; nothing else of it reaches the desktop. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const MAX_TRIES = 8;
const START_TIMEOUT_MS = 15_000;

/**
 * Starts a real Xvnc that ends with this process, with a window manager and a terminal inside when they are installed.
 *
 * X takes only holders of a fresh cookie; RFB listens on 127.0.0.1 only. The caller closes it.
 *
 * @throws xvnc.failed when it does not come up on any of several displays, or not within 15 s.
 */
export async function startXvnc(options: XvncOptions): Promise<Desktop> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
  let reason = '';
  for (let tries = 0; tries < MAX_TRIES && !signal.aborted; tries += 1) {
    const attempt = await startOnDisplay({ ...options, signal }, pickDisplay());
    if (typeof attempt !== 'string') return attempt;
    // Most likely the display or its port is taken; only starting a server there can tell.
    reason = attempt;
  }
  options.signal.throwIfAborted();
  throw new DeskError('xvnc.failed', { reason });
}

/** Answers with the last words of an Xvnc that did not come up. */
async function startOnDisplay(options: XvncOptions, display: Display): Promise<Desktop | string> {
  const folder = await createDesktopFolder(options.vncPassword);
  const environment = desktopEnvironment(options.environment, folder, display);
  const xvnc = startGuarded(options.program, xvncArguments(options, display, folder), {
    folder: folder.path,
    environment,
  });
  const log = followLog(xvnc, options.onClientsChanged);
  // The watcher removes the folder as well, a moment later or earlier.
  const closed = xvnc.exited
    .then(() => rm(folder.path, { recursive: true, force: true }))
    .catch(() => {});

  if (!(await becomesReady(xvnc, options.signal))) {
    await xvnc.close();
    await closed;
    return log.lastLine() || 'ended before it was ready';
  }
  const clients = startXClients({ ...folder, environment });
  return {
    display,
    widthPx: options.widthPx,
    heightPx: options.heightPx,
    closed,
    async close() {
      clients.kill();
      await xvnc.close();
      await closed;
    },
  };
}

/** The command line of Xvnc(1); pure. */
export function xvncArguments(
  { widthPx, heightPx }: Pick<DesktopOptions, 'widthPx' | 'heightPx'>,
  display: Display,
  { xauthority, passwordFile }: Pick<DesktopFolder, 'xauthority' | 'passwordFile'>,
): readonly string[] {
  return [
    `:${display}`,
    ...['-displayfd', '3'],
    ...['-auth', xauthority],
    ...['-nolisten', 'tcp'],
    '-noreset',
    ...['-interface', '127.0.0.1'],
    ...['-localhost', '-AlwaysShared', '-UseIPv6=0'],
    ...(passwordFile === undefined
      ? ['-SecurityTypes', 'None']
      : ['-SecurityTypes', 'VncAuth', '-PasswordFile', passwordFile]),
    ...['-geometry', `${widthPx}x${heightPx}`],
    ...['-depth', '24'],
    ...['-desktop', `hpc-desk sandbox :${display}`],
  ];
}

function desktopEnvironment(
  { PATH, HOME, LANG }: XvncOptions['environment'],
  { path, xauthority }: DesktopFolder,
  display: Display,
): Record<string, string> {
  const kept = Object.entries({ PATH, HOME, LANG }).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    DISPLAY: `:${display}`,
    XAUTHORITY: xauthority,
    TMPDIR: path,
  };
}

/** Xvnc writes the display to the descriptor once it listens on every socket (Xserver(1), -displayfd). */
async function becomesReady(xvnc: GuardedProcess, signal: AbortSignal): Promise<boolean> {
  try {
    return await Promise.race([
      once(xvnc.readiness, 'data', { signal }).then(() => true),
      xvnc.exited.then(() => false),
    ]);
  } catch {
    // Abandoned, or too late.
    return false;
  }
}

/** Counts viewers from what Xvnc logs of them, for it has no other way to tell. */
function followLog(xvnc: GuardedProcess, onClientsChanged: (count: number) => void) {
  let lastLine = '';
  let count = 0;
  createInterface({ input: xvnc.stderr }).on('line', (line) => {
    if (/\w{4}/.test(line)) lastLine = line.trim().slice(0, 500);
    const change = readClientChange(line);
    if (change === 0) return;
    count += change;
    onClientsChanged(count);
  });
  return { lastLine: () => lastLine };
}

/** Reads ` Connections: accepted: 127.0.0.1::40710` and ` Connections: closed: …` of TigerVNC 1.12; pure. */
export function readClientChange(line: string): -1 | 0 | 1 {
  const match = /^\s*Connections: (accepted|closed): /.exec(line);
  if (match === null) return 0;
  return match[1] === 'accepted' ? 1 : -1;
}
