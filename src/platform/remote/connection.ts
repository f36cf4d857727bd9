import { lookup } from 'node:dns';
import { type LookupFunction, Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { buildConnector, Client, type Dispatcher, ProxyAgent, Socks5ProxyAgent } from 'undici';
import { type BaseUrl, isLoopbackUrl, originOf } from '../../model/base-url.js';
import { chooseProxy, type ProxyServer } from './choose-proxy.js';

export type Connection = ReturnType<typeof openConnection>;

export type DispatchHandler = Dispatcher.DispatchHandler;

type Connect = buildConnector.connector;

/** TCP and TLS handshake together, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no effect. */
const TLS = { rejectUnauthorized: true };

const CONNECT_FAILURES = new WeakSet<Error>();

/**
 * A connection to one origin, opened on first use; the creator closes it.
 *
 * @throws usage.invalidValue for an invalid proxy variable.
 */
export function openConnection(
  baseUrl: BaseUrl,
  environment: Readonly<Record<string, string | undefined>>,
) {
  const origin = originOf(baseUrl);
  const proxy = chooseProxy(baseUrl, environment);
  const sockets = createSocketList();
  const connect = sockets.track(
    buildConnector({
      ...TLS,
      timeout: CONNECT_TIMEOUT_MS,
      ...(isLoopbackUrl(baseUrl) && { lookup: lookUpLoopback }),
    }),
  );
  let dispatcher: Dispatcher | undefined;
  return {
    origin,
    dispatcher(): Dispatcher {
      dispatcher ??=
        proxy === undefined ? new Client(origin, { connect }) : openProxy(proxy, connect, sockets);
      return dispatcher;
    },
    /** Bytes received so far from origin or proxy, including headers and framing. */
    receivedBytes: sockets.receivedBytes,
    /** Aborts requests and dialling, which an AbortSignal does not (undici 7.30); the next use dials again. */
    drop(): void {
      sockets.destroy();
      // The handlers have already received this error.
      dispatcher?.destroy().catch(() => {});
      dispatcher = undefined;
    },
    /** Waits for requests in flight. */
    async close(): Promise<void> {
      const last = dispatcher;
      dispatcher = undefined;
      await last?.close();
    },
  };
}

/** `localhost` is trusted as this machine, so no resolver or hosts file may point it elsewhere (RFC 6761 §6.3). */
const lookUpLoopback: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, []);
    const own = found.filter(({ address }) => address === '::1' || address.startsWith('127.'));
    const [first] = own;
    if (first === undefined) {
      const stray = Object.assign(new Error(`${hostname} is elsewhere`), { code: 'ENOTFOUND' });
      return callback(stray, []);
    }
    if (options.all) callback(null, own);
    else callback(null, first.address, first.family);
  });
};

/** Whether the connection failed before any part of a request was sent. */
export function isConnectFailure(error: unknown): boolean {
  return CONNECT_FAILURES.has(error as Error);
}

function openProxy({ kind, url }: ProxyServer, connect: Connect, sockets: SocketList): Dispatcher {
  if (kind === 'socks') {
    // Missing in the types of undici 7.30.
    const options = { connect: reportDisconnect(connect), requestTls: TLS };
    return new Socks5ProxyAgent(url, options);
  }
  const openClient = (target: string | URL, options: { connect?: Connect }) =>
    new Client(target, {
      ...options,
      ...(options.connect && { connect: sockets.track(options.connect) }),
    });
  const { username, password } = new URL(url);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new ProxyAgent({
    uri: url,
    // undici 7.30 sends no credentials when only one of the two is set.
    ...(credentials !== ':' && { token: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    // By default undici 7.30 tunnels plain http through CONNECT, which many proxies forbid.
    proxyTunnel: false,
    proxyTls: TLS,
    requestTls: TLS,
    clientFactory: openClient,
    factory: openClient as (origin: string | URL, options: object) => Dispatcher,
  });
}

/** undici 7.30 notices a SOCKS proxy that disconnects during the handshake only after five seconds. */
function reportDisconnect(connect: Connect): Connect {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      socket?.once('close', (hadError) => {
        // undici has a 'data' listener only during the SOCKS handshake.
        const isHandshake = socket.listenerCount('data') > 0;
        if (!hadError && isHandshake) {
          socket.emit('error', Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
        }
      });
      return error === null ? callback(null, socket) : callback(error, null);
    });
}

type SocketList = ReturnType<typeof createSocketList>;

/** Tracks every socket from dialling on, to count its bytes and to destroy it. */
function createSocketList() {
  const sockets = new Set<Socket>();
  let bytesOfClosed = 0;
  return {
    track(connect: Connect): Connect {
      return (options, callback) => {
        const socket: unknown = connect(options, (error, connected) => {
          if (error !== null) return callback(replaceError(error), null);
          keepBaselineCode();
          callback(null, connected);
        });
        if (!(socket instanceof Socket)) return;
        sockets.add(socket);
        socket.once('close', () => {
          sockets.delete(socket);
          bytesOfClosed += socket.bytesRead;
        });
      };
    },
    receivedBytes: () =>
      [...sockets].reduce((total, { bytesRead }) => total + bytesRead, bytesOfClosed),
    destroy() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Errors that undici 7.30 mishandles: redials forever after the first two, cannot be closed after the third. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_INFO: 'ECONNRESET',
  ERR_TLS_CERT_ALTNAME_INVALID: 'HOSTNAME_MISMATCH',
};

function replaceError(error: Error & { code?: string }): Error {
  const code = REPLACEMENTS[error.code ?? ''];
  const reported =
    code === undefined
      ? error
      : Object.assign(new Error(error.message, { cause: error }), { code });
  CONNECT_FAILURES.add(reported);
  return reported;
}

/**
 * undici compiles its WebAssembly HTTP parser in the callback of the first connection. V8 would then optimize it in the
 * background, and the exit waits for that: `vnc create` takes 5.1 × as long as an empty program on Node 24, with these
 * flags 3.2 × (docs/performance.md). Nothing else here is WebAssembly.
 */
function keepBaselineCode(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
