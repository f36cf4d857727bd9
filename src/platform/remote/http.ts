import { type BaseUrl, originOf } from '../../model/base-url.js';
import { chooseProxy } from './choose-proxy.js';
import {
  type Connection,
  isConnectFailure,
  openConnection,
  type ResponseBody,
} from './undici-parts.js';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

interface HttpRequest {
  readonly method: Method;
  /** From the root of the origin, already encoded. */
  readonly path: string;
  /** Sent as they are: one byte for each character, so none beyond U+00FF. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly contentType: string;
  readonly location: string;
  readonly retryAfter: string;
  readonly date: string;
  /** Empty for a redirect: it is not followed and not read. */
  readonly body: Buffer;
}

/** No answer, or none that may be used. */
export interface HttpFault {
  readonly kind: 'fault';
  /** A code of Node (`ECONNREFUSED`) or undici (`UND_ERR_…`), the name of an error without one, or one of `FAULTS`. */
  readonly code: string;
  readonly cause: unknown;
  /** Whether it is certain that the server received nothing of the request. */
  readonly isUnsent: boolean;
}

export const FAULTS = {
  deadline: 'DEADLINE',
  tooLarge: 'TOO_LARGE',
  encoded: 'ENCODED',
  tooManyInterim: 'TOO_MANY_INTERIM',
  cutOff: 'CUT_OFF',
} as const;

export interface HttpOptions {
  readonly baseUrl: BaseUrl;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is left of the one limit that everything shares. */
  readonly remainingMs: () => number;
  readonly signal: AbortSignal;
  /** Whether `close` may leave the connection to the end of the process: once idle, it keeps none alive. */
  readonly endsWithProcess?: boolean;
}

/** Speaks HTTP with one origin and no other; whoever opens it closes it. */
export interface Http {
  /**
   * Sends one request without a body and reads the whole answer, within all limits.
   *
   * @throws the reason of the signal when it aborts, and nothing else.
   */
  send(request: HttpRequest): Promise<HttpAnswer | HttpFault>;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_INTERIM_ANSWERS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 20_000;
const BODY_PAUSE_TIMEOUT_MS = 15_000;

/** The limits of one step, in milliseconds, by the code of the fault when one runs out. */
export const STEP_TIMEOUTS: Readonly<Record<string, number>> = {
  UND_ERR_CONNECT_TIMEOUT: CONNECT_TIMEOUT_MS,
  UND_ERR_HEADERS_TIMEOUT: HEADERS_TIMEOUT_MS,
  UND_ERR_BODY_TIMEOUT: BODY_PAUSE_TIMEOUT_MS,
};

/** @throws usage.invalidValue when a proxy variable cannot be understood. */
export function openHttp(options: HttpOptions): Http {
  const { baseUrl, environment, remainingMs, signal, endsWithProcess = false } = options;
  const origin = originOf(baseUrl);
  const proxy = chooseProxy(baseUrl, environment);
  let connection: Promise<Connection> | undefined;

  return {
    async send(request) {
      signal.throwIfAborted();
      const timeoutMs = remainingMs();
      if (timeoutMs <= 0) return fault(FAULTS.deadline);
      connection ??= openConnection(origin, proxy, CONNECT_TIMEOUT_MS);
      const current = await connection;
      signal.throwIfAborted();
      const end = new AbortController();
      const timer = setTimeout(() => end.abort(), timeoutMs);
      const endEarly = () => end.abort();
      signal.addEventListener('abort', endEarly, { once: true });
      try {
        return await Promise.race([exchange(current, request), whenAborted(end.signal)]);
      } catch (error) {
        if (end.signal.aborted) {
          current.drop();
          connection = undefined;
          signal.throwIfAborted();
          return fault(FAULTS.deadline);
        }
        return fault(codeOf(error), error);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', endEarly);
      }
    },
    async close() {
      const last = await connection;
      connection = undefined;
      // To end a socket Node makes `process.stderr`: two milliseconds of a program that ends anyway.
      if (!endsWithProcess) await last?.close();
    },
  };
}

async function exchange(
  connection: Connection,
  request: HttpRequest,
): Promise<HttpAnswer | HttpFault> {
  let interimAnswers = 0;
  const interim = new AbortController();
  const response = await connection.request({
    ...request,
    headers: { ...request.headers, 'accept-encoding': 'identity' },
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_PAUSE_TIMEOUT_MS,
    signal: interim.signal,
    onInfo: () => {
      interimAnswers += 1;
      if (interimAnswers > MAX_INTERIM_ANSWERS) interim.abort(withCode(FAULTS.tooManyInterim));
    },
  });
  const header = (name: string) => [response.headers[name] ?? ''].flat()[0] ?? '';
  const isRedirect = response.statusCode >= 300 && response.statusCode < 400;
  return {
    kind: 'answer',
    status: response.statusCode,
    contentType: header('content-type'),
    location: header('location'),
    retryAfter: header('retry-after'),
    date: header('date'),
    body: isRedirect ? discard(response.body) : await readBody(response.body, header),
  };
}

async function readBody(body: ResponseBody, header: (name: string) => string): Promise<Buffer> {
  const isEncoded = !/^(identity)?$/i.test(header('content-encoding'));
  if (isEncoded || Number(header('content-length')) > MAX_BODY_BYTES) {
    discard(body);
    throw withCode(isEncoded ? FAULTS.encoded : FAULTS.tooLarge);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // Events, because an iterator over a stream costs a short program a millisecond.
  await new Promise<void>((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > MAX_BODY_BYTES) body.destroy(withCode(FAULTS.tooLarge));
    });
    body.once('end', resolve);
    body.on('error', (error) => {
      const isLoss = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED)$/.test(codeOf(error));
      reject(isLoss ? withCode(FAULTS.cutOff, error) : error);
    });
  });
  return Buffer.concat(chunks, length);
}

function discard(body: ResponseBody): Buffer {
  // Destroying an unread body raises an error that concerns nobody.
  body.on('error', () => {}).destroy();
  return Buffer.alloc(0);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function withCode(code: string, cause?: unknown): Error {
  return Object.assign(new Error(code, { cause }), { code });
}

function codeOf(error: unknown): string {
  const { code, name, message } = error as { code?: unknown; name?: string; message?: string };
  // A proxy that refuses is told by the text alone (undici 7.30).
  const proxyStatus = /Proxy.*\((\d{3})\)/.exec(message ?? '')?.[1];
  if (proxyStatus !== undefined) return `PROXY_${proxyStatus}`;
  if (/^SOCKS5 \w+ timeout$/.test(message ?? '')) return 'ETIMEDOUT';
  return typeof code === 'string' ? code : (name ?? 'Error');
}

function fault(code: string, cause?: unknown): HttpFault {
  return { kind: 'fault', code, cause, isUnsent: isConnectFailure(cause) };
}
