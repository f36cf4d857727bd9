import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { isDeskError } from '../errors/desk-error.js';
import { type Display, portOfDisplay } from '../model/endpoint.js';
import type { DesktopOptions } from './desktop.js';
import { listenForOwnUser, type OwnListener } from './own-listener.js';

/** The RFB listener of a desktop: port 5900 + `display` on 127.0.0.1, for our user only. */
export interface RfbPort extends OwnListener {
  readonly display: Display;
}

const FIRST_DISPLAY = 20;
/** 5900 + 26 867 = 32 767: below the ephemeral ports. */
const LAST_DISPLAY = 26_867;
const MAX_TRIES = 32;
const MAX_VIEWERS = 32;

/**
 * Listens on the port of a free display and counts the viewers; the caller closes it.
 *
 * @throws tunnel.portTaken after 32 attempts, tunnel.cannotListen; the signal's reason when aborted.
 */
export async function openRfbPort(
  { onClientsChanged, signal }: Pick<DesktopOptions, 'onClientsChanged' | 'signal'>,
  serve: (viewer: Socket) => void,
): Promise<RfbPort> {
  let viewers = 0;
  const count = (change: 1 | -1) => {
    viewers += change;
    onClientsChanged(viewers);
  };
  const onClient = (viewer: Socket) => {
    if (viewers >= MAX_VIEWERS) {
      viewer.destroy();
      return;
    }
    count(1);
    viewer.once('close', () => count(-1));
    serve(viewer);
  };
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    const display = randomInt(FIRST_DISPLAY, LAST_DISPLAY + 1) as Display;
    try {
      return { display, ...(await listenForOwnUser(portOfDisplay(display), onClient)) };
    } catch (error) {
      if (tries === MAX_TRIES || !isDeskError(error, 'tunnel.portTaken')) throw error;
    }
  }
}
