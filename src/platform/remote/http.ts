import { type BaseUrl, originOf } from '../../model/base-url.js';
import { chooseProxy } from './choose-proxy.js';
import {
  type Connection,
  type DispatchHandler,
  isConnectFailure,
  openConnection,
  type ResponseHeaders,
} from './connection.js';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export interface HttpRequest {
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
  /** Empty for a redirect, which is neither followed nor read. */
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

export interface HttpOptions {
  readonly baseUrl: BaseUrl;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is left of the one limit that everything shares. */
  readonly remainingMs: () => number;
  readonly signal: AbortSignal;
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

/** Codes of our own limits. */
export const FAULTS = {
  deadline: 'DEADLINE',
  tooLarge: 'TOO_LARGE',
  tooManyBytes: 'TOO_MANY_BYTES',
  encoded: 'ENCODED',
  tooManyInterim: 'TOO_MANY_INTERIM',
  cutOff: 'CUT_OFF',
} as const;

const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** A body in chunks takes more than its length; one in chunks of a few bytes, or with extensions, is not sent in good faith. */
const MAX_RAW_BYTES = 2 * MAX_BODY_BYTES;
const FIRST_BUFFER_BYTES = 16 * 1024;
const MAX_INTERIM_ANSWERS = 10;

const CONNECT_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 20_000;
const BODY_PAUSE_TIMEOUT_MS = 15_000;
const RAW_BYTES_CHECK_MS = 50;

const LIMITS = { headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: BODY_PAUSE_TIMEOUT_MS };

/** The limits of one step, in milliseconds, by the code of the fault when one runs out. */
export const STEP_TIMEOUTS: Readonly<Record<string, number>> = {
  UND_ERR_CONNECT_TIMEOUT: CONNECT_TIMEOUT_MS,
  UND_ERR_HEADERS_TIMEOUT: HEADERS_TIMEOUT_MS,
  UND_ERR_BODY_TIMEOUT: BODY_PAUSE_TIMEOUT_MS,
};

/** @throws usage.invalidValue when a proxy variable cannot be understood. */
export function openHttp(options: HttpOptions): Http {
  const { baseUrl, environment, remainingMs, signal } = options;
  const origin = originOf(baseUrl);
  const proxy = chooseProxy(baseUrl, environment);
  let connection: Connection | undefined;

  return {
    async send(request) {
      signal.throwIfAborted();
      const timeoutMs = remainingMs();
      if (timeoutMs <= 0) return fault(FAULTS.deadline);
      connection ??= openConnection(origin, proxy, CONNECT_TIMEOUT_MS);
      const current = connection;
      const outcome = await exchange(current, request, timeoutMs, signal);
      if (outcome !== 'ended') return outcome;
      current.drop();
      if (connection === current) connection = undefined;
      signal.throwIfAborted();
      return fault(FAULTS.deadline);
    },
    async close() {
      const last = connection;
      connection = undefined;
      await last?.close();
    },
  };
}

/**
 * Sends one request and collects its answer; what may not be used is not read to its end. `ended`: the time is over, or
 * the signal has aborted.
 */
function exchange(
  connection: Connection,
  request: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer | HttpFault | 'ended'> {
  return new Promise((resolve) => {
    const finish = (outcome: HttpAnswer | HttpFault | 'ended') => {
      clearTimeout(deadline);
      clearInterval(rawBytesCheck);
      signal.removeEventListener('abort', end);
      resolve(outcome);
    };
    const end = () => finish('ended');
    const handler = collect(connection, finish);
    const deadline = setTimeout(end, timeoutMs);
    const rawBytesCheck = setInterval(handler.checkRawBytes, RAW_BYTES_CHECK_MS);
    signal.addEventListener('abort', end, { once: true });
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    connection.dispatch({ ...request, ...LIMITS, headers }, handler);
  });
}

/** undici's callbacks for one answer. The body is copied: each piece of undici's keeps the whole read that it came in. */
function collect(
  connection: Connection,
  finish: (outcome: HttpAnswer | HttpFault) => void,
): DispatchHandler & { checkRawBytes(): void } {
  let controller: Parameters<NonNullable<DispatchHandler['onRequestStart']>>[0] | undefined;
  let head: Omit<HttpAnswer, 'body'> | undefined;
  let bytesBefore = 0;
  let interimAnswers = 0;
  let body = Buffer.alloc(0);
  let length = 0;
  const refuse = (name: keyof typeof FAULTS) => controller?.abort(refusal(name));

  return {
    checkRawBytes() {
      if (connection.receivedBytes() - bytesBefore > MAX_RAW_BYTES) refuse('tooManyBytes');
    },
    onRequestStart(started) {
      controller = started;
      bytesBefore = connection.receivedBytes();
    },
    onResponseStart(_, status, headers) {
      if (status < 200) {
        interimAnswers += 1;
        if (interimAnswers > MAX_INTERIM_ANSWERS) refuse('tooManyInterim');
        return;
      }
      head = headOf(status, headers);
      if (status >= 300 && status < 400) {
        finish({ ...head, body });
        refuse('cutOff');
        return;
      }
      if (!/^(identity)?$/i.test(firstOf(headers, 'content-encoding'))) refuse('encoded');
      else if (Number(firstOf(headers, 'content-length')) > MAX_BODY_BYTES) refuse('tooLarge');
    },
    onResponseData(_, piece) {
      if (length + piece.length > MAX_BODY_BYTES) return refuse('tooLarge');
      if (length + piece.length > body.length) {
        const capacity = Math.max(FIRST_BUFFER_BYTES, 2 * (length + piece.length));
        const larger = Buffer.allocUnsafe(Math.min(capacity, MAX_BODY_BYTES));
        body.copy(larger, 0, 0, length);
        body = larger;
      }
      piece.copy(body, length);
      length += piece.length;
    },
    onResponseEnd() {
      if (head !== undefined) finish({ ...head, body: body.subarray(0, length) });
    },
    onResponseError(_, error) {
      const isCutOff = head !== undefined && isLoss(error);
      finish(isCutOff ? fault(FAULTS.cutOff, error) : fault(codeOf(error), error));
    },
  };
}

function headOf(status: number, headers: ResponseHeaders): Omit<HttpAnswer, 'body'> {
  return {
    kind: 'answer',
    status,
    contentType: firstOf(headers, 'content-type'),
    location: firstOf(headers, 'location'),
    retryAfter: firstOf(headers, 'retry-after'),
    date: firstOf(headers, 'date'),
  };
}

/** The first, where a header is repeated. */
function firstOf(headers: ResponseHeaders, name: string): string {
  return [headers[name] ?? ''].flat()[0] ?? '';
}

function isLoss(error: Error & { code?: string }): boolean {
  return /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED)$/.test(error.code ?? '');
}

function refusal(name: keyof typeof FAULTS): Error {
  const code = FAULTS[name];
  return Object.assign(new Error(code), { code });
}

function codeOf(error: unknown): string {
  const { code, name, message } = error as { code?: unknown; name?: string; message?: string };
  // A proxy that refuses is reported by the text alone (undici 7.30).
  const proxyStatus = /Proxy.*\((\d{3})\)/.exec(message ?? '')?.[1];
  if (proxyStatus !== undefined) return `PROXY_${proxyStatus}`;
  if (/^SOCKS5 \w+ timeout$/.test(message ?? '')) return 'ETIMEDOUT';
  return typeof code === 'string' ? code : (name ?? 'Error');
}

function fault(code: string, cause?: unknown): HttpFault {
  return { kind: 'fault', code, cause, isUnsent: isConnectFailure(cause) };
}
