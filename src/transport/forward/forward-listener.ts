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
  /** Where it listens; the link of a page is good from this call on. @throws bridge.failed */
  address(): ForwardAddress;
  /** Stops listening, waits until every accepted client is closed, removes the socket; safe to call twice. */
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly listen: ListenOptions;
  readonly environment: Environment;
  /** On WSL only: whether a client that comes from Windows may be served now. */
  readonly acceptsRelay?: (() => boolean) | undefined;
  /** Receives each client that belongs to this user, paused; whoever receives it closes it. */
  readonly onClient: (client: Duplex) => void;
}

/** How long after our listening a port may still not be reachable from Windows. */
const RELAY_SETUP_MS = 1_000;

const ACCEPT = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true } as const;

/**
 * Listens where only this user gets in: a Unix socket (0600 in a 0700 folder), or 127.0.0.1, where clients of other users
 * are turned away without a word; for the browser page, whose clients come as WebSockets, `bridge/` does that.
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
        // A viewer that takes a socket takes a port as well.
        listenOnPort(0, {}, onClient).catch(() => {
          throw error;
        }),
      );
    case 'web':
      return listenForPage({ ...listen, acceptsRelay, onClient });
  }
}

async function listenOnPort(
  port: number,
  options: PeerOptions,
  onClient: ListenerOptions['onClient'],
): Promise<ForwardListener> {
  const peers = await openOwnPeers(options);
  const server = createServer(ACCEPT, async (client) => {
    // A client that fails before it is served must not bring the process down.
    client.on('error', () => {});
    if (await peers.isOwn(client)) onClient(client);
  });
  try {
    const boundPort = await listenOnLoopback(server, port);
    return {
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
    // Its socket leads nowhere now, and whoever ends can do no more about it.
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
        // The system has no random numbers to give.
        throw new DeskError('bridge.failed', { reason: describeSystemError(error) });
      }
    },
    close,
  };
}

function stopListening(server: Server): Promise<void> {
  // The error of a second call, that the server is not running, is what was wanted.
  return new Promise((resolve) => server.close(() => resolve()));
}
