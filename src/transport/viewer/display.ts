import { once } from 'node:events';
import { connect, type NetConnectOpts } from 'node:net';
import type { DisplayProblem } from '../../errors/codes.js';
import type { Environment } from '../process/child-environment.js';

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
  if (host === 'localhost' || host === '127.0.0.1')
    return [
      { host: '127.0.0.1', port },
      { host: '::1', port },
    ];
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
