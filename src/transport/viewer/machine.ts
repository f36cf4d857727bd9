import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { connect, type NetConnectOpts } from 'node:net';
import type { DisplayProblem } from '../../errors/codes.js';
import { type Environment, isWsl, type OwnMachine } from '../process/child-environment.js';
import { readOutput } from '../process/read-output.js';

/** The machine as detection sees it; tests replace it to simulate every system. */
export type Machine = ReturnType<typeof thisMachine>;

const ANSWER_MS = 2_000;
/** Banners are translated (gettext(3)), and a program that ignores the option must not open a window. */
const ASKED_WITH: Environment = {
  LC_ALL: 'C',
  LANGUAGE: undefined,
  DISPLAY: undefined,
  WAYLAND_DISPLAY: undefined,
  WAYLAND_SOCKET: undefined,
};

export function thisMachine(own: OwnMachine) {
  const { platform, environment } = own;
  let problem: Promise<DisplayProblem | undefined> | undefined;
  return {
    platform,
    environment,
    isWsl: isWsl(own),
    files: machineFiles(platform),
    /** Why no window can be opened here; cached. */
    findDisplayProblem() {
      problem ??= findDisplayProblem(platform, environment);
      return problem;
    },
    /** Output of a program, untranslated, without a display, limited to 2 s; empty when it fails. */
    async runForText(program: string, args: readonly string[]) {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const options = { environment: { ...environment, ...ASKED_WITH }, signal };
      // Usage texts come with a failing exit code, so it is ignored.
      const output = await readOutput(program, args, options).catch(() => undefined);
      return output === undefined ? '' : output.stdout + output.stderr;
    },
  };
}

export function machineFiles(platform: NodeJS.Platform) {
  return {
    isProgram: (path: string) => isProgram(path, platform),
    /** The path with symbolic links resolved; undefined when missing. */
    realPath: (path: string) => realpath(path).catch(() => undefined),
    /** Names in a folder; empty when there is none. */
    list: (folder: string) => readdir(folder).catch((): string[] => []),
  };
}

/** Whether it is an executable file; on Windows only `.exe`, because batch files re-parse their arguments (CVE-2024-24576). */
async function isProgram(path: string, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'win32' && !path.toLowerCase().endsWith('.exe')) return false;
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** TCP port of display 0 (X(7), "DISPLAY NAMES"). */
const FIRST_X11_PORT = 6_000;
const CONNECT_MS = 1_000;

/**
 * Returns why no window can be opened here. Always undefined on Windows and macOS.
 *
 * Probes a local X server with one connection, because a display forwarded by ssh may be gone. Never connects to
 * another machine.
 */
export async function findDisplayProblem(
  platform: NodeJS.Platform,
  { DISPLAY, WAYLAND_DISPLAY }: Environment,
): Promise<DisplayProblem | undefined> {
  if (platform === 'win32' || platform === 'darwin' || WAYLAND_DISPLAY) return undefined;
  if (!DISPLAY) return 'noDisplay';
  const places = placesOf(DISPLAY, platform);
  if (places.length === 0) return undefined;
  const answers = await Promise.all(places.map(isListening));
  return answers.includes(true) ? undefined : 'deadDisplay';
}

/** Addresses of a local display's X server; empty for a remote display. */
function placesOf(display: string, platform: NodeJS.Platform): NetConnectOpts[] {
  const match = /^(unix|localhost|127\.0\.0\.1)?:(\d{1,5})(\.\d+)?$/.exec(display);
  if (match === null) return [];
  const [, host, number] = match;
  const port = FIRST_X11_PORT + Number(number);
  if (host === 'localhost' || host === '127.0.0.1') {
    return ['127.0.0.1', '::1'].map((address) => ({ host: address, port }));
  }
  const path = `/tmp/.X11-unix/X${number}`;
  // Linux X servers also listen on the abstract socket of that name (unix(7)).
  return [{ path }, ...(platform === 'linux' ? [{ path: `\0${path}` }] : [])];
}

/** Only a refused connection proves that no server listens. */
async function isListening(place: NetConnectOpts): Promise<boolean> {
  const socket = connect(place);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return !['ECONNREFUSED', 'ENOENT', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(code);
  } finally {
    socket.destroy();
  }
}
