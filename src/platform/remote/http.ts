import { type BaseUrl, originOf } from '../../model/base-url.js';
import { chooseProxy } from './choose-proxy.js';
import { FAULTS, type HttpAnswer, type HttpRequest, receiveAnswer } from './receive-answer.js';
import { type Connection, isConnectFailure, openConnection } from './undici-parts.js';

/** No answer, or none that may be used. */
export interface HttpFault {
  readonly kind: 'fault';
  /** A code of Node (`ECONNREFUSED`) or undici (`UND_ERR_…`), the name of an error without one, or one of `FAULTS`. */
  readonly code: string;
  readonly cause: unknown;
  /** Whether it is certain that the server received nothing of the request. */
  readonly isUnsent: boolean;
}

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

const CONNECT_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 20_000;
const BODY_PAUSE_TIMEOUT_MS = 15_000;

const LIMITS = { headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: BODY_PAUSE_TIMEOUT_MS };

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
      let end = () => {};
      const ended = new Promise<undefined>((resolve) => {
        end = () => resolve(undefined);
      });
      const timer = setTimeout(end, timeoutMs);
      signal.addEventListener('abort', end, { once: true });
      const received = receiveAnswer(current, { ...request, ...LIMITS }).catch((error) =>
        fault(codeOf(error), error),
      );
      const outcome = await Promise.race([received, ended]);
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      if (outcome !== undefined) return outcome;
      current.drop();
      connection = undefined;
      signal.throwIfAborted();
      return fault(FAULTS.deadline);
    },
    async close() {
      const last = await connection;
      connection = undefined;
      // To end a socket Node makes `process.stderr`: two milliseconds of a program that ends anyway.
      if (!endsWithProcess) await last?.close();
    },
  };
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
