import {
  CONNECT_TIMEOUT_MS,
  type Connection,
  type DispatchHandler,
  isConnectFailure,
} from './connection.js';
import type { Method } from './endpoint.js';

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly contentType: string;
  readonly location: string;
  readonly retryAfter: string;
  readonly date: string;
  /** Empty for a redirect, which is not followed. */
  readonly body: Buffer;
}

/** No response, or an unusable one. */
export interface HttpFault {
  readonly kind: 'fault';
  /** A Node (`ECONNREFUSED`) or undici (`UND_ERR_…`) code, the name of an error without code, or one of `FAULTS`. */
  readonly code: string;
  readonly cause: unknown;
  /** Whether the server certainly received nothing of the request. */
  readonly isUnsent: boolean;
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
/** Chunked encoding adds bytes; twice the limit means tiny chunks or chunk extensions, hence abuse. */
const MAX_RAW_BYTES = 2 * MAX_BODY_BYTES;
const FIRST_BUFFER_BYTES = 16 * 1024;
const MAX_INTERIM_ANSWERS = 10;
const RAW_BYTES_CHECK_MS = 50;

/** undici options, in milliseconds. */
const STEP_LIMITS = { headersTimeout: 20_000, bodyTimeout: 15_000 };

/** Timeouts in milliseconds by fault code. */
export const STEP_TIMEOUTS: Readonly<Record<string, number>> = {
  UND_ERR_CONNECT_TIMEOUT: CONNECT_TIMEOUT_MS,
  UND_ERR_HEADERS_TIMEOUT: STEP_LIMITS.headersTimeout,
  UND_ERR_BODY_TIMEOUT: STEP_LIMITS.bodyTimeout,
};

/**
 * Sends one request without a body and collects its response within all limits; aborts it at the first violation.
 *
 * @throws the signal's reason when aborted, nothing else.
 */
export async function requestAnswer(
  connection: Connection,
  request: {
    readonly method: Method;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer | HttpFault> {
  signal.throwIfAborted();
  if (timeoutMs <= 0) return fault(FAULTS.deadline);
  let finish: (outcome: HttpAnswer | HttpFault | 'ended') => void = () => {};
  const finished = new Promise<HttpAnswer | HttpFault | 'ended'>((resolve) => {
    finish = resolve;
  });
  const handler = createHandler(connection, finish);
  const end = () => finish('ended');
  const deadline = setTimeout(end, timeoutMs);
  const rawBytesCheck = setInterval(handler.checkRawBytes, RAW_BYTES_CHECK_MS);
  signal.addEventListener('abort', end, { once: true });
  const { origin } = connection;
  const headers = { ...request.headers, 'accept-encoding': 'identity' };
  try {
    connection.dispatcher().dispatch({ origin, ...request, headers, ...STEP_LIMITS }, handler);
    const outcome = await finished;
    if (outcome !== 'ended') return outcome;
    connection.drop();
    signal.throwIfAborted();
    return fault(FAULTS.deadline);
  } finally {
    clearTimeout(deadline);
    clearInterval(rawBytesCheck);
    signal.removeEventListener('abort', end);
  }
}

/** undici's callbacks. Copies the body, because each chunk of undici keeps its whole read buffer alive. */
function createHandler(
  connection: Connection,
  finish: (outcome: HttpAnswer | HttpFault) => void,
): DispatchHandler & { checkRawBytes(): void } {
  let controller: Parameters<NonNullable<DispatchHandler['onRequestStart']>>[0] | undefined;
  let head: Omit<HttpAnswer, 'body'> | undefined;
  let bytesBefore = 0;
  let interimAnswers = 0;
  let body = Buffer.alloc(0);
  let length = 0;
  const refuse = (name: keyof typeof FAULTS) =>
    controller?.abort(Object.assign(new Error(FAULTS[name]), { code: FAULTS[name] }));

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
      const first = (name: string) => [headers[name] ?? ''].flat()[0] ?? '';
      head = {
        kind: 'answer',
        status,
        contentType: first('content-type'),
        location: first('location'),
        retryAfter: first('retry-after'),
        date: first('date'),
      };
      if (status >= 300 && status < 400) {
        finish({ ...head, body });
        refuse('cutOff');
        return;
      }
      if (!/^(identity)?$/i.test(first('content-encoding'))) refuse('encoded');
      else if (Number(first('content-length')) > MAX_BODY_BYTES) refuse('tooLarge');
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

function isLoss(error: Error & { code?: string }): boolean {
  return /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED)$/.test(error.code ?? '');
}

function codeOf(error: unknown): string {
  const { code, name, message } = error as { code?: unknown; name?: string; message?: string };
  // undici 7.30 reports a refusal by the proxy only in the message.
  const proxyStatus = /Proxy.*\((\d{3})\)/.exec(message ?? '')?.[1];
  if (proxyStatus !== undefined) return `PROXY_${proxyStatus}`;
  if (/^SOCKS5 \w+ timeout$/.test(message ?? '')) return 'ETIMEDOUT';
  return typeof code === 'string' ? code : (name ?? 'Error');
}

function fault(code: string, cause?: unknown): HttpFault {
  return { kind: 'fault', code, cause, isUnsent: isConnectFailure(cause) };
}
