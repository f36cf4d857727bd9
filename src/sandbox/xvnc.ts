import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { DeskError } from '../errors/desk-error.js';
import type { Display } from '../model/endpoint.js';
import { joinStreams } from '../transport/forward/join-streams.js';
import type { Environment } from '../transport/process/child-environment.js';
import type { StartedProcess } from '../transport/process/start-process.js';
import { startWithWatchdog } from '../transport/process/start-with-watchdog.js';
import type { Desktop, DesktopOptions } from './desktop.js';
import { createDesktopFolder, type DesktopFolder } from './desktop-folder.js';
import { openRfbPort, type RfbPort } from './rfb-port.js';
import { startXClients } from './x-clients.js';

export interface XvncOptions extends DesktopOptions {
  /** Absolute path of Xvnc (TigerVNC). */
  readonly program: string;
  /** Where PATH, HOME and the language are taken from; nothing else of it reaches the desktop. */
  readonly environment: Environment;
}

const MAX_TRIES = 8;
const START_TIMEOUT_MS = 15_000;

/**
 * Starts a real Xvnc that ends with this process, with windows inside as far as programs for them are installed.
 *
 * Nobody but our own user reaches it: X takes holders of a fresh cookie only, and RFB is served on a socket in a private
 * folder, behind a port of ours. The caller closes it.
 *
 * @throws xvnc.failed when it does not come up on any of several displays, or not within 15 s.
 */
export async function startXvnc(options: XvncOptions): Promise<Desktop> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
  let reason = '';
  for (let tries = 0; tries < MAX_TRIES && !signal.aborted; tries += 1) {
    const attempt = await startOnFreePort({ ...options, signal });
    if (typeof attempt !== 'string') return attempt;
    // Most likely the display is taken; only starting a server there can tell.
    reason = attempt;
  }
  options.signal.throwIfAborted();
  throw new DeskError('xvnc.failed', { reason });
}

/** Answers with the last words of an Xvnc that did not come up. */
async function startOnFreePort(options: XvncOptions): Promise<Desktop | string> {
  const folder = await createDesktopFolder(options.environment, options.vncPassword);
  let port: RfbPort | undefined;
  try {
    port = await openRfbPort(options, (viewer) => relay(viewer, folder.rfbSocket));
    const desktop = await startBehind(port, options, folder);
    if (typeof desktop !== 'string') return desktop;
    await Promise.all([port.close(), folder.remove()]);
    return desktop;
  } catch (error) {
    await Promise.all([port?.close(), folder.remove()]);
    throw error;
  }
}

function relay(viewer: Socket, rfbSocket: string): void {
  void joinStreams(viewer, connect({ path: rfbSocket, allowHalfOpen: true }));
}

async function startBehind(
  port: RfbPort,
  options: XvncOptions,
  folder: DesktopFolder,
): Promise<Desktop | string> {
  const { display } = port;
  const environment = desktopEnvironment(options.environment, folder, display);
  const xvnc = startWithWatchdog({
    program: options.program,
    arguments: xvncArguments(options, display, folder),
    environment,
    stdout: 'pipe',
  });
  if (!(await becomesReady(xvnc, options.signal))) {
    await xvnc.close();
    return lastWords(xvnc) || 'ended before it was ready';
  }
  const clients = startXClients(environment, options);
  const closed = xvnc.exited.then(async () => {
    clients.kill();
    await Promise.all([port.close(), folder.remove().catch(() => {})]);
  });
  return {
    display,
    widthPx: options.widthPx,
    heightPx: options.heightPx,
    closed,
    async close() {
      await xvnc.close();
      await closed;
    },
  };
}

/** The command line of Xvnc(1); pure. */
export function xvncArguments(
  { widthPx, heightPx }: Pick<DesktopOptions, 'widthPx' | 'heightPx'>,
  display: Display,
  { xauthority, passwordFile, rfbSocket }: Omit<DesktopFolder, 'remove'>,
): readonly string[] {
  return [
    `:${display}`,
    ...['-displayfd', '1'],
    ...['-auth', xauthority],
    ...['-nolisten', 'tcp'],
    '-noreset',
    ...['-rfbport', '-1', '-rfbunixpath', rfbSocket, '-rfbunixmode', '0600'],
    '-AlwaysShared',
    ...(passwordFile === undefined
      ? ['-SecurityTypes', 'None']
      : ['-SecurityTypes', 'VncAuth', '-PasswordFile', passwordFile]),
    ...['-geometry', `${widthPx}x${heightPx}`],
    ...['-depth', '24'],
    ...['-desktop', `hpc-desk sandbox :${display}`],
  ];
}

function desktopEnvironment(
  { PATH, HOME, LANG }: Environment,
  { path, xauthority }: DesktopFolder,
  display: Display,
): Environment {
  return { PATH, HOME, LANG, DISPLAY: `:${display}`, XAUTHORITY: xauthority, TMPDIR: path };
}

/** Xvnc writes the display to the descriptor once it listens on every socket (Xserver(1), -displayfd). */
async function becomesReady(xvnc: StartedProcess, signal: AbortSignal): Promise<boolean> {
  if (xvnc.stdout === null) return false;
  try {
    return await Promise.race([
      once(xvnc.stdout, 'data', { signal }).then(() => true),
      xvnc.exited.then(() => false),
    ]);
  } catch {
    // Abandoned, or too late.
    return false;
  }
}

function lastWords(xvnc: StartedProcess): string {
  const lines = xvnc.stderrTail().split('\n');
  return (
    lines
      .findLast((line) => /\w{4}/.test(line))
      ?.trim()
      .slice(0, 500) ?? ''
  );
}
