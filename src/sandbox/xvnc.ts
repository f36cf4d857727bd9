import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DeskError, isDeskError } from '../errors/desk-error.js';
import { hideVncPassword } from '../model/vnc-des.js';
import { joinStreams } from '../transport/forward/join-streams.js';
import type { Environment } from '../transport/process/child-environment.js';
import { makePrivateFolder } from '../transport/process/private-folder.js';
import type { StartedProcess } from '../transport/process/start-process.js';
import { startWithWatchdog } from '../transport/process/start-with-watchdog.js';
import { type Desktop, type DesktopOptions, openRfbPort } from './desktop.js';
import { startXClients } from './x-clients.js';

export interface XvncOptions extends DesktopOptions {
  /** Absolute path of Xvnc (TigerVNC). */
  readonly program: string;
  /** The desktop inherits PATH, HOME and LANG only. */
  readonly environment: Environment;
}

const MAX_TRIES = 8;
const START_TIMEOUT_MS = 15_000;

/**
 * Starts Xvnc, which ends with this process, with X clients as far as installed. The caller closes it.
 *
 * Accessible to our user only: X requires a random cookie, and RFB is served on a Unix socket in a private folder, behind
 * our own listener.
 *
 * @throws xvnc.failed when it does not start on any of 8 displays or within 15 s.
 */
export async function startXvnc(options: XvncOptions): Promise<Desktop> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnFreePort({ ...options, signal });
    } catch (error) {
      options.signal.throwIfAborted();
      // Most likely the display is in use; only Xvnc itself can check that.
      const mayRetry = isDeskError(error, 'xvnc.failed') && !signal.aborted && tries < MAX_TRIES;
      if (!mayRetry) throw error;
    }
  }
}

async function startOnFreePort(options: XvncOptions): Promise<Desktop> {
  const folder = await createDesktopFolder(options);
  let port: Desktop | undefined;
  try {
    port = await openRfbPort(options, (viewer) => {
      void joinStreams(viewer, connect({ path: folder.rfbSocket, allowHalfOpen: true }));
    });
    return await startBehind(port, options, folder);
  } catch (error) {
    await Promise.all([port?.close(), folder.remove()]);
    throw error;
  }
}

async function startBehind(
  port: Desktop,
  options: XvncOptions,
  folder: DesktopFolder,
): Promise<Desktop> {
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
    const reason = lastErrorLine(xvnc) ?? 'ended before it was ready';
    throw new DeskError('xvnc.failed', { reason });
  }
  const killClients = startXClients(environment, options);
  const closed = xvnc.exited.then(async () => {
    killClients();
    await Promise.all([port.close(), folder.remove().catch(() => {})]);
  });
  return {
    display,
    closed,
    async close() {
      await xvnc.close();
      await closed;
    },
  };
}

/** The arguments of Xvnc(1). */
export function xvncArguments(
  { widthPx, heightPx }: Pick<DesktopOptions, 'widthPx' | 'heightPx'>,
  display: number,
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
  display: number,
): Environment {
  return { PATH, HOME, LANG, DISPLAY: `:${display}`, XAUTHORITY: xauthority, TMPDIR: path };
}

/** Xvnc writes the display number to -displayfd once it is listening (Xserver(1)). */
async function becomesReady(xvnc: StartedProcess, signal: AbortSignal): Promise<boolean> {
  if (xvnc.stdout === null) return false;
  try {
    return await Promise.race([
      once(xvnc.stdout, 'data', { signal }).then(() => true),
      xvnc.exited.then(() => false),
    ]);
  } catch {
    // Aborted or timed out.
    return false;
  }
}

function lastErrorLine(xvnc: StartedProcess): string | undefined {
  const lines = xvnc.stderrTail().split('\n');
  const line = lines.findLast((text) => /\w{4}/.test(text));
  return line?.trim().slice(0, 500);
}

type DesktopFolder = Awaited<ReturnType<typeof createDesktopFolder>>;

/**
 * Creates the private files of an Xvnc, with a random X cookie, in a folder (0700) that is removed however this process
 * ends; the caller removes it.
 */
async function createDesktopFolder({ environment, vncPassword }: XvncOptions) {
  const { path, remove } = await makePrivateFolder({ isForSocket: true, environment });
  const folder = {
    path,
    xauthority: join(path, 'Xauthority'),
    /** The Unix socket of Xvnc's RFB server. */
    rfbSocket: join(path, 'rfb'),
    passwordFile: vncPassword === undefined ? undefined : join(path, 'passwd'),
    remove,
  };
  const write = (file: string, content: Buffer | string) =>
    writeFile(file, content, { mode: 0o600 });
  try {
    await write(folder.xauthority, encodeXauthority(randomBytes(16)));
    if (vncPassword !== undefined) {
      await write(join(path, 'passwd'), hideVncPassword(Buffer.from(vncPassword)));
    }
    return folder;
  } catch (error) {
    await remove();
    throw error;
  }
}

const NAME = Buffer.from('MIT-MAGIC-COOKIE-1');
/** FamilyWild of Xauth.h: matches every address and, without a number, every display. */
const FAMILY_WILD = 0xffff;

/**
 * Encodes an Xauthority record: family, then length-prefixed address, display number, name and cookie; integers are 16-bit
 * big-endian (libXau, XauWriteAuth).
 */
export function encodeXauthority(cookie: Buffer): Buffer {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), NAME, cookie];
  return Buffer.concat([uint16(FAMILY_WILD), ...fields.flatMap((it) => [uint16(it.length), it])]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
