import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { listenOnPort } from '../transport/forward/forward-listener.js';
import { type Answer, type Route, type RouteName, refuse } from './route.js';

export interface HttpServerOptions {
  readonly routes: readonly Route[];
  /** Called before each request of a known route; an answer replaces that of the route. */
  before(name: RouteName): Promise<Answer | undefined>;
  /** Delay of every response, in milliseconds. */
  readonly delayMs: number;
  /** For the Date header. */
  readonly now: () => Date;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
}

/** A request, for tests; without header values, which contain secrets. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** Lower-case. */
  readonly headerNames: readonly string[];
  readonly bodyBytes: number;
}

const MAX_BODY_BYTES = 64 * 1024;

const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};

/** Serves routes on a free port of 127.0.0.1, to our user only; the caller closes it. */
export async function startHttpServer(options: HttpServerOptions, timeouts = TIMEOUTS) {
  const closing = new AbortController();
  const server = createServer(timeouts, (request, response) => {
    answer(options, url, request, closing.signal).then(
      (result) => send(response, result, options.now()),
      () => response.destroy(),
    );
  });
  // Starts Node's check of the timeouts, as listening would: our own listener judges each connection before it is read.
  server.emit('listening');
  const listener = await listenOnPort(0, {}, (socket) => {
    server.emit('connection', socket);
    socket.resume();
  });
  const url = `http://127.0.0.1:${listener.port}`;
  return {
    url,
    /** Destroys all connections. */
    close() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      return listener.close();
    },
  };
}

type Result = Answer | 'notAllowed' | 'forbidden';

async function answer(
  { routes, before, delayMs, onRequest }: HttpServerOptions,
  baseUrl: string,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Result> {
  const { method = '', url: path = '', headers } = request;
  if (isFromPage(headers)) return 'forbidden';
  const bodyBytes = await countBody(request);
  onRequest?.({ method, path, headerNames: Object.keys(headers), bodyBytes });
  if (delayMs > 0) await delay(delayMs, undefined, { signal });

  const url = URL.canParse(path, baseUrl) ? new URL(path, baseUrl) : new URL(baseUrl);
  const matches = routes.flatMap((route) => matchPath(route, url.pathname));
  if (matches.length === 0) return 'notFound';
  const match = matches.find(({ route }) => route.method === method);
  if (match === undefined) return 'notAllowed';
  if (bodyBytes > MAX_BODY_BYTES) return refuse('10012');
  const header = (name: string) => headers[name]?.toString();
  const query = (name: string) => url.searchParams.get(name);
  const { route, sessionId } = match;
  return (await before(route.name)) ?? route.run({ header, query, sessionId, baseUrl });
}

/** The only names of ours; a page whose own name leads to this machine (DNS rebinding) sends that one. */
const OWN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Whether a web page in the user's browser has sent the request. Links are followed: `vnc open` gives one.
 *
 * @see Fetch Metadata Request Headers (W3C), sections 2.2 and 2.3
 */
function isFromPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'] ?? 'none';
  const isLink = headers['sec-fetch-mode'] === 'navigate';
  const isForeign = site !== 'none' && site !== 'same-origin' && !isLink;
  return !OWN_HOST.test(headers.host ?? '') || headers.origin !== undefined || isForeign;
}

async function countBody(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  return bytes;
}

function matchPath(route: Route, pathname: string): { route: Route; sessionId: string }[] {
  const pattern = new RegExp(`^${route.path.replace(':sessionId', '([^/]*)')}$`);
  const match = pattern.exec(pathname);
  if (match === null) return [];
  try {
    return [{ route, sessionId: decodeURIComponent(match[1] ?? '') }];
  } catch {
    // Invalid percent-encoding.
    return [];
  }
}

function send(response: ServerResponse, result: Result, now: Date): void {
  const { status, type, text } = render(result);
  response.writeHead(status, {
    'content-type': `${type};charset=UTF-8`,
    'cache-control': 'no-store',
    Date: now.toUTCString(),
  });
  response.end(text);
}

const ERRORS = {
  forbidden: { status: 403, type: 'text/plain', text: '' },
  notFound: { status: 404, type: 'text/plain', text: 'Not Found\n' },
  notAllowed: { status: 405, type: 'text/plain', text: 'Method Not Allowed\n' },
};

function render(result: Result) {
  if (typeof result === 'string') return ERRORS[result];
  return 'html' in result
    ? { status: 200, type: 'text/html', text: result.html }
    : { status: 200, type: 'application/json', text: JSON.stringify(result) };
}
