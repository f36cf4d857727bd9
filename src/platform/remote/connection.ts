import { lookup } from 'node:dns';
import { type LookupFunction, Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { buildConnector, Client, type Dispatcher, ProxyAgent, Socks5ProxyAgent } from 'undici';
import { type BaseUrl, isLoopbackUrl, originOf } from '../../model/base-url.js';
import { chooseProxy, type ProxyServer } from './choose-proxy.js';

/** The connection to one origin, dialled when it is first used. Whoever opens it closes it. */
export interface Connection {
  readonly origin: string;
  dispatcher(): Dispatcher;
  /** Bytes received so far, from the origin or the proxy in front of it, headers and framing included. */
  receivedBytes(): number;
  /** Aborts what is in flight, and dialling too, which an AbortSignal does not (undici 7.30); the next use dials anew. */
  drop(): void;
  /** Lets requests in flight finish. */
  close(): Promise<void>;
}

export type DispatchHandler = Dispatcher.DispatchHandler;
export type ResponseHeaders = Parameters<NonNullable<DispatchHandler['onResponseStart']>>[2];

type Connect = buildConnector.connector;

/** For TCP and TLS together, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** Stated on every path, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes what Node does by default. */
const TLS = { rejectUnauthorized: true };

const CONNECT_FAILURES = new WeakSet<Error>();

/** @throws usage.invalidValue when a proxy variable cannot be understood. */
export function openConnection(
  baseUrl: BaseUrl,
  environment: Readonly<Record<string, string | undefined>>,
): Connection {
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
    dispatcher() {
      dispatcher ??=
        proxy === undefined ? new Client(origin, { connect }) : openProxy(proxy, connect, sockets);
      return dispatcher;
    },
    receivedBytes: sockets.receivedBytes,
    drop() {
      sockets.destroy();
      // Its rejection repeats what the handlers have already been told.
      dispatcher?.destroy().catch(() => {});
      dispatcher = undefined;
    },
    async close() {
      const last = dispatcher;
      dispatcher = undefined;
      await last?.close();
    },
  };
}

/**
 * `localhost` counts as this machine, so it must not be another one that a resolver or a hosts file names (RFC 6761,
 * section 6.3).
 */
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

/** Whether an error is about dialling: nothing of a request was sent then. */
export function isConnectFailure(error: unknown): boolean {
  return CONNECT_FAILURES.has(error as Error);
}

function openProxy({ kind, url }: ProxyServer, connect: Connect, sockets: SocketList): Dispatcher {
  if (kind === 'socks') {
    // The types of undici 7.30 lack `requestTls`.
    const options = { connect: reportHangUp(connect), requestTls: TLS };
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
    // undici sends no credentials when only one of the two is set (7.30).
    ...(credentials !== ':' && { token: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    // Otherwise plain http goes through CONNECT, which many proxies forbid (undici 7.30).
    proxyTunnel: false,
    proxyTls: TLS,
    requestTls: TLS,
    clientFactory: openClient,
    factory: openClient as (origin: string | URL, options: object) => Dispatcher,
  });
}

/** Without this, a proxy that hangs up before the tunnel is open is noticed five seconds late (undici 7.30). */
function reportHangUp(connect: Connect): Connect {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      socket?.once('close', (hadError) => {
        // undici listens for 'data' during the SOCKS handshake only.
        const isInHandshake = socket.listenerCount('data') > 0;
        if (!hadError && isInHandshake) {
          socket.emit('error', Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
        }
      });
      return error === null ? callback(null, socket) : callback(error, null);
    });
}

interface SocketList {
  track(connect: Connect): Connect;
  receivedBytes(): number;
  destroy(): void;
}

/** Keeps every socket that is dialled, so that it can be counted, and destroyed before it is connected. */
function createSocketList(): SocketList {
  const sockets = new Set<Socket>();
  let bytesOfClosed = 0;
  return {
    track: (connect) => (options, callback) => {
      const socket: unknown = connect(options, (error, connected) =>
        error === null
          ? withQuickCompiler(() => callback(null, connected))
          : callback(reportable(error), null),
      );
      if (!(socket instanceof Socket)) return;
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        bytesOfClosed += socket.bytesRead;
      });
    },
    receivedBytes: () =>
      [...sockets].reduce((total, { bytesRead }) => total + bytesRead, bytesOfClosed),
    destroy() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * Connect errors that a client must not see (undici 7.30), and their replacement. After the first two it dials again
 * without end, so a proxy that hangs up would never be reported; after the third it can never be closed.
 */
const REPORTED_AS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_INFO: 'ECONNRESET',
  ERR_TLS_CERT_ALTNAME_INVALID: 'HOSTNAME_MISMATCH',
};

function reportable(error: Error & { code?: string }): Error {
  const code = REPORTED_AS[error.code ?? ''];
  const reported =
    code === undefined
      ? error
      : Object.assign(new Error(error.message, { cause: error }), { code });
  CONNECT_FAILURES.add(reported);
  return reported;
}

/**
 * undici compiles its HTTP parser, which is WebAssembly, in the callback of the first connection. On Node 20 V8 then
 * optimises it in the background and the process waits for that at its end: `vnc create` takes 3.8 × as long as an empty
 * program, and 1.7 × with this flag. Node 22 and later are the same with and without it. To measure: `npm run bench`.
 */
function withQuickCompiler(callback: () => void): void {
  setFlagsFromString('--liftoff-only');
  try {
    callback();
  } finally {
    setFlagsFromString('--no-liftoff-only');
  }
}
