import { chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../errors/desk-error.js';
import type { BridgeOptions } from '../bridge/open-bridge.js';
import { describeSystemError } from '../net/describe-system-error.js';
import { cannotListen, listen, listenOnLoopback } from '../net/listen.js';
import { openOwnPeers, type PeerOptions } from '../net/own-peers.js';
import type { Environment } from '../process/child-environment.js';
import { makePrivateFolder } from '../process/private-folder.js';
import type { ForwardAddress, ListenOptions } from '../transport.js';

export interface ForwardListener {
  /** The bound address; for a page each call issues a new link. @throws bridge.failed */
  address(): ForwardAddress;
  /** Stops listening, waits until every client is closed, removes the socket; safe to call twice. */
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly listen: ListenOptions;
  readonly environment: Environment;
  /** WSL only: whether to accept a client that comes from Windows now. */
  readonly acceptsRelay?: (() => boolean) | undefined;
  /** Receives each accepted client of this user, paused, and closes it. */
  readonly onClient: (client: Duplex) => void;
}

/** On WSL, Windows may take this long to relay a new port. */
const RELAY_SETUP_MS = 1_000;

const ACCEPT = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true } as const;

/**
 * Listens for this user only: on a Unix socket (0600 in a 0700 folder) or on 127.0.0.1, where connections of other
 * users are closed; for the browser page, whose clients are WebSockets, `bridge/` does the same.
 *
 * @throws tunnel.portTaken, tunnel.cannotListen
 */
export async function openListener(options: ListenerOptions): Promise<ForwardListener> {
  const listener = await startListening(options);
  if (options.acceptsRelay !== undefined) await sleep(RELAY_SETUP_MS);
  return listener;
}

function startListening(options: ListenerOptions): Promise<ForwardListener> {
  const { listen, onClient, acceptsRelay } = options;
  switch (listen.kind) {
    case 'tcp':
      return listenOnPort(listen.port, { ...listen, acceptsRelay }, onClient);
    case 'socket':
      return listenOnSocket(options).catch((error) =>
        // Viewers that accept a socket accept a port too.
        listenOnPort(0, {}, onClient).catch(() => {
          throw error;
        }),
      );
    case 'web':
      return listenForPage({ ...listen, acceptsRelay, onClient });
  }
}

/** Listens on 127.0.0.1 (port 0: any free one) for this user only. @throws tunnel.* as `openListener` */
export async function listenOnPort(
  port: number,
  options: PeerOptions,
  onClient: ListenerOptions['onClient'],
): Promise<ForwardListener & { readonly port: number }> {
  const peers = await openOwnPeers(options);
  const server = createServer(ACCEPT, async (client) => {
    // An `error` event without a listener would crash the process.
    client.on('error', () => {});
    if (!(await peers.isOwn(client))) return;
    if (server.listening) onClient(client);
    else client.destroy();
  });
  try {
    const boundPort = await listenOnLoopback(server, port);
    return {
      port: boundPort,
      address: () => ({ kind: 'tcp', host: '127.0.0.1', port: boundPort }),
      async close() {
        await Promise.all([stopListening(server), peers.close()]);
      },
    };
  } catch (error) {
    await peers.close();
    throw error;
  }
}

async function listenOnSocket({
  environment,
  onClient,
}: ListenerOptions): Promise<ForwardListener> {
  const folder = await makePrivateFolder({ isForSocket: true, environment }).catch((error) => {
    throw cannotListen(error);
  });
  const path = join(folder.path, 'desktop.sock');
  const server = createServer(ACCEPT, onClient);
  const close = async () => {
    await stopListening(server);
    // A leftover socket refuses connections and does no harm.
    await folder.remove().catch(() => {});
  };
  try {
    await listen(server, { path });
    await chmod(path, 0o600);
  } catch (error) {
    await close();
    throw cannotListen(error);
  }
  return { address: () => ({ kind: 'socket', path }), close };
}

async function listenForPage(options: BridgeOptions): Promise<ForwardListener> {
  const { openBridge } = await import('../bridge/open-bridge.js');
  const bridge = await openBridge(options);
  const { host, port, close } = bridge;
  return {
    address() {
      try {
        return { kind: 'web', host, port, url: bridge.issueLink() };
      } catch (error) {
        // The system cannot supply random bytes.
        throw new DeskError('bridge.failed', { reason: describeSystemError(error) });
      }
    },
    close,
  };
}

function stopListening(server: Server): Promise<void> {
  // Ignores ERR_SERVER_NOT_RUNNING of a second call.
  return new Promise((resolve) => server.close(() => resolve()));
}
