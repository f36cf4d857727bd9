import { createDesktops } from './desktop/create-desktops.js';
import { createTunnel } from './forward/create-tunnel.js';
import type { Transport } from './transport.js';
import { openInBrowser } from './viewer/browser.js';
import { createViewers } from './viewer/create-viewers.js';

export interface TransportOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The real transport: the tunnel, the viewers and the browser of this machine. */
export function createTransport(options: TransportOptions): Transport {
  return {
    ...createTunnel(options),
    ...createDesktops(options),
    ...createViewers(options),
    openBrowser: (url, signal) => openInBrowser(url, { ...options, signal }),
  };
}
