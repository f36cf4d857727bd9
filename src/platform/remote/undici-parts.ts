import { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import type { buildConnector, Dispatcher } from 'undici';
import createConnector from 'undici/lib/core/connect.js';
import Client from 'undici/lib/dispatcher/client.js';
import parser from 'undici/lib/llhttp/llhttp_simd-wasm.js';
import type { ProxyServer } from './choose-proxy.js';

/** The way to one origin. Whoever opens it closes it, or drops it to end at once what is under way. */
export interface Connection {
  /** Never throws: what goes wrong comes to the handler. */
  dispatch(options: DispatchOptions, handler: DispatchHandler): void;
  /** Lets what is under way finish. */
  close(): Promise<void>;
  /** Also ends dialling, which an AbortSignal does not (undici 7.30). */
  drop(): void;
}

export type DispatchOptions = Omit<Dispatcher.DispatchOptions, 'origin'>;
export type DispatchHandler = Dispatcher.DispatchHandler;
export type ResponseHeaders = Parameters<NonNullable<DispatchHandler['onResponseStart']>>[2];

type Connect = buildConnector.connector;

const CONNECT_FAILURES = new WeakSet<Error>();

/**
 * Loads as little of undici as one connection needs: no fetch, no pools; the proxies only for those who have one.
 *
 * @param connectTimeoutMs - Limit for TCP and TLS together, in milliseconds.
 */
export async function openConnection(
  origin: string,
  proxy: ProxyServer | undefined,
  connectTimeoutMs: number,
): Promise<Connection> {
  await beginCompilingParser();
  const sockets = new Set<Socket>();
  const connect = trackSockets(createConnector({ timeout: connectTimeoutMs }), sockets);
  const dispatcher =
    proxy === undefined
      ? new Client(origin, { connect })
      : await openProxy(proxy, connect, sockets);
  return {
    dispatch: (options, handler) => void dispatcher.dispatch({ ...options, origin }, handler),
    close: () => dispatcher.close(),
    drop: () => {
      for (const socket of sockets) socket.destroy();
      // What was under way has been told already; there is nobody left to hear of this.
      dispatcher.destroy().catch(() => {});
    },
  };
}

/** Whether an error is about dialling: nothing of a request was sent then. */
export function isConnectFailure(error: unknown): boolean {
  return CONNECT_FAILURES.has(error as Error);
}

async function openProxy(
  { kind, url }: ProxyServer,
  connect: Connect,
  sockets: Set<Socket>,
): Promise<Dispatcher> {
  if (kind === 'socks') {
    const { default: SocksAgent } = await import('undici/lib/dispatcher/socks5-proxy-agent.js');
    return new SocksAgent(url, { connect: tellEnds(connect) });
  }
  const [{ default: ProxyAgent }, { default: AnyDispatcher }, { default: connectMethod }] =
    await Promise.all([
      import('undici/lib/dispatcher/proxy-agent.js'),
      import('undici/lib/dispatcher/dispatcher.js'),
      import('undici/lib/api/api-connect.js'),
    ]);
  // The proxy agent calls a method that only undici's whole index adds.
  AnyDispatcher.prototype.connect = connectMethod;
  const openClient = (target: string | URL, options: { connect?: Connect }) =>
    new Client(target, {
      ...options,
      ...(options.connect && { connect: trackSockets(options.connect, sockets) }),
    });
  const { username, password } = new URL(url);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new ProxyAgent({
    uri: url,
    // Of one without the other undici tells nothing (7.30).
    ...(credentials !== ':' && { token: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    // Otherwise plain http goes through CONNECT, which many proxies forbid (undici 7.30).
    proxyTunnel: false,
    clientFactory: openClient,
    factory: openClient as (origin: string | URL, options: object) => Dispatcher,
  });
}

/** Otherwise a proxy that hangs up before the tunnel is open is waited for five seconds more (undici 7.30). */
function tellEnds(connect: Connect): Connect {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      socket?.once('close', (hadError) => {
        // Until then the handshake listens to what the proxy says.
        const isInHandshake = socket.listenerCount('data') > 0;
        if (!hadError && isInHandshake) {
          socket.emit('error', Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
        }
      });
      return error === null ? callback(null, socket) : callback(error, null);
    });
}

/** Remembers every socket that is dialled, so that it can be ended before it is connected. */
function trackSockets(connect: Connect, sockets: Set<Socket>): Connect {
  return (options, callback) => {
    const socket: unknown = connect(options, (error, connected) =>
      error === null ? callback(null, connected) : callback(reportable(error), null),
    );
    if (socket instanceof Socket) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
  };
}

/**
 * What a client must not be told of dialling (undici 7.30), and what it is told instead. After the first two it dials
 * again without end, so that a proxy that hangs up would never be told; after the third it can never be closed.
 */
const TOLD_AS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_INFO: 'ECONNRESET',
  ERR_TLS_CERT_ALTNAME_INVALID: 'HOSTNAME_MISMATCH',
};

function reportable(error: Error & { code?: string }): Error {
  const code = TOLD_AS[error.code ?? ''];
  const told =
    code === undefined
      ? error
      : Object.assign(new Error(error.message, { cause: error }), { code });
  CONNECT_FAILURES.add(told);
  return told;
}

/** Compile all at once and never again: flags of V8, and what they are otherwise. Which count depends on its version. */
const AT_ONCE = [
  '--liftoff-only',
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
  '--no-wasm-lazy-compilation',
];
const OTHERWISE = [
  '--no-liftoff-only',
  '--wasm-tier-up',
  '--wasm-dynamic-tiering',
  '--wasm-lazy-compilation',
];

/**
 * Lets V8 compile undici's HTTP parser, which is WebAssembly, beside the program while the connection is made; what undici
 * compiles later are the same bytes, and those V8 has then. It would also optimise it, and a short program waits for that
 * at its end. The flags stand only meanwhile, because V8 uses nothing kept that was made with others.
 */
async function beginCompilingParser(): Promise<void> {
  AT_ONCE.forEach(setFlagsFromString);
  WebAssembly.compile(parser)
    // A processor that cannot run it is told by undici.
    .catch(() => {})
    .then(() => OTHERWISE.forEach(setFlagsFromString));
  // V8 begins when the program has nothing to do.
  await new Promise(setImmediate);
}
