import type { Method } from './endpoint.js';

/** A try that failed, and what is left. */
export interface FailedTry {
  readonly method: Method;
  /** The HTTP status, or the code of a fault (`HttpFault`). */
  readonly failure: number | string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** What the server asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly remainingMs: number;
  /** 0…1 */
  readonly random: () => number;
}

const MAX_TRIES = 3;
const MIN_DELAY_MS = 300;
const MAX_DELAY_MS = [2_000, 8_000];

/** Nothing was answered: the request was not received, or it is one that may be received twice. */
const UNANSWERED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);
const PASSING_STATUSES = new Set([429, 502, 503, 504]);
/** Idempotent by RFC 9110 §9.2.2; the platform says the same of its PUT. */
const REPEATABLE: ReadonlySet<Method> = new Set(['GET', 'PUT', 'DELETE']);

/** Decides how many milliseconds to wait before the next try (full jitter), or undefined to stop. */
export function delayBeforeRetry(failed: FailedTry): number | undefined {
  const { method, failure, attempt, retryAfterMs = 0, remainingMs, random } = failed;
  const isPassing =
    typeof failure === 'number' ? PASSING_STATUSES.has(failure) : UNANSWERED.has(failure);
  if (!REPEATABLE.has(method) || !isPassing || attempt >= MAX_TRIES) return undefined;
  const maxDelayMs = MAX_DELAY_MS[attempt - 1] ?? MIN_DELAY_MS;
  const jitterMs = MIN_DELAY_MS + Math.round(random() * (maxDelayMs - MIN_DELAY_MS));
  const delayMs = Math.max(jitterMs, retryAfterMs);
  return delayMs < remainingMs ? delayMs : undefined;
}

/** Reads `Retry-After`, seconds or a date (RFC 9110 §10.2.3), in milliseconds from now; a past date is 0. */
export function parseRetryAfterMs(text: string, now: Date): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const time = parseHttpDate(text);
  return time === undefined ? undefined : Math.max(0, time.getTime() - now.getTime());
}

/** Reads an HTTP date in its one preferred form, `Thu, 02 Feb 2023 04:00:30 GMT` (RFC 9110 §5.6.7). */
export function parseHttpDate(text: string): Date | undefined {
  const timeMs = text.length === 29 ? Date.parse(text) : Number.NaN;
  // Date.parse takes many other texts, and carries 31 Feb over into March; written back, only this form is the same.
  const isSame = !Number.isNaN(timeMs) && new Date(timeMs).toUTCString() === text;
  return isSame ? new Date(timeMs) : undefined;
}
