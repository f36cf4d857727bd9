import type { Method } from './endpoint.js';

/** A failed attempt. */
export interface FailedTry {
  readonly method: Method;
  /** HTTP status or fault code (`HttpFault`). */
  readonly failure: number | string;
  /** Starts at 1. */
  readonly attempt: number;
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly remainingMs: number;
  /** 0…1 */
  readonly random: () => number;
}

const MAX_TRIES = 3;
const MIN_DELAY_MS = 300;
const MAX_DELAY_MS = [2_000, 8_000];

/** Failures without a response. */
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
/** Idempotent (RFC 9110 §9.2.2), including the platform's PUT. */
const REPEATABLE: ReadonlySet<Method> = new Set(['GET', 'PUT', 'DELETE']);

/** Returns the delay before the next attempt in milliseconds (full jitter); undefined to give up. */
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

/** Parses `Retry-After`, seconds or a date (RFC 9110 §10.2.3), into milliseconds from now; 0 for a past date. */
export function parseRetryAfterMs(text: string, now: Date): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const time = parseHttpDate(text);
  return time === undefined ? undefined : Math.max(0, time.getTime() - now.getTime());
}

/** Parses an IMF-fixdate, `Thu, 02 Feb 2023 04:00:30 GMT` (RFC 9110 §5.6.7). */
export function parseHttpDate(text: string): Date | undefined {
  const timeMs = text.length === 29 ? Date.parse(text) : Number.NaN;
  // Date.parse accepts other formats and normalizes 31 Feb; the round trip accepts only this one.
  const isSame = !Number.isNaN(timeMs) && new Date(timeMs).toUTCString() === text;
  return isSame ? new Date(timeMs) : undefined;
}
