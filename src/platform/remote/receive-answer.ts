import type { Connection, DispatchHandler, ResponseHeaders } from './undici-parts.js';

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
  /** Empty for a redirect: it is not followed and not read. */
  readonly body: Buffer;
}

/** Codes of what is no error of Node or undici. */
export const FAULTS = {
  deadline: 'DEADLINE',
  tooLarge: 'TOO_LARGE',
  encoded: 'ENCODED',
  tooManyInterim: 'TOO_MANY_INTERIM',
  cutOff: 'CUT_OFF',
} as const;

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_INTERIM_ANSWERS = 10;

/** In milliseconds. */
interface Limits {
  readonly headersTimeout: number;
  /** Between two pieces of a body. */
  readonly bodyTimeout: number;
}

/**
 * Sends one request and collects its answer; what may not be used is not read to its end. No stream between, because
 * making one takes longer than most answers.
 *
 * @throws errors with a code of Node, of undici, or one of `FAULTS`.
 */
export function receiveAnswer(
  connection: Connection,
  request: HttpRequest & Limits,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let head: Omit<HttpAnswer, 'body'> | undefined;
    let interimAnswers = 0;
    let length = 0;
    const chunks: Buffer[] = [];
    const handler: DispatchHandler = {
      // By this one undici knows the handlers of its version 7.
      onRequestStart() {},
      onResponseStart(controller, status, headers) {
        if (status < 200) {
          interimAnswers += 1;
          if (interimAnswers > MAX_INTERIM_ANSWERS) controller.abort(refusal('tooManyInterim'));
          return;
        }
        head = headOf(status, headers);
        if (status >= 300 && status < 400) {
          resolve({ ...head, body: Buffer.alloc(0) });
          controller.abort(refusal('cutOff'));
          return;
        }
        const isEncoded = !/^(identity)?$/i.test(firstOf(headers, 'content-encoding'));
        const isTooLarge = Number(firstOf(headers, 'content-length')) > MAX_BODY_BYTES;
        if (isEncoded || isTooLarge) controller.abort(refusal(isEncoded ? 'encoded' : 'tooLarge'));
      },
      onResponseData(controller, chunk) {
        length += chunk.length;
        chunks.push(chunk);
        if (length > MAX_BODY_BYTES) controller.abort(refusal('tooLarge'));
      },
      onResponseEnd() {
        if (head !== undefined) resolve({ ...head, body: Buffer.concat(chunks, length) });
      },
      onResponseError(_controller, error) {
        reject(head !== undefined && isLoss(error) ? refusal('cutOff', error) : error);
      },
    };
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    connection.dispatch({ ...request, headers }, handler);
  });
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

function refusal(name: keyof typeof FAULTS, cause?: unknown): Error {
  const code = FAULTS[name];
  return Object.assign(new Error(code, { cause }), { code });
}
