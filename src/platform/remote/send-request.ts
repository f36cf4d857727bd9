import type { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, originOf } from '../../model/base-url.js';
import { parseToken, readTokenClaims } from '../../model/token.js';
import { decodeResponse } from './decode-response.js';
import type { PlatformEndpoint } from './endpoint.js';
import { failureOfFault } from './failure.js';
import type { Http, Method } from './http.js';
import { parseHttpDate, parseRetryAfterMs } from './retry.js';

/** Where requests go, and the way there. */
export interface Service {
  readonly baseUrl: BaseUrl;
  readonly http: Http;
}

/** What says who asks; each value valid in a header (`HttpRequest`). */
export type Credentials = Readonly<Record<string, string>>;

export interface Request {
  readonly endpoint: PlatformEndpoint;
  /** Below the service's URL. */
  readonly path: string;
  readonly credentials: Credentials;
  /** 1 for the first try. */
  readonly attempt: number;
  /** What all tries have together, in milliseconds. */
  readonly budgetMs: number;
}

/** One try, as a log may show it: no header, no body, no secret. */
export interface RequestLog {
  readonly method: Method;
  readonly origin: string;
  readonly path: string;
  /** Undefined when nothing was answered. */
  readonly status: number | undefined;
  readonly elapsedMs: number;
  /** 1 for the first try. */
  readonly attempt: number;
}

export interface ExchangeOptions {
  readonly userAgent: string;
  readonly now: () => Date;
  readonly log: (entry: RequestLog) => void;
  /** Told of all that proves who we are, before it is sent: a server may repeat it. */
  readonly keepSecret?: (secret: string) => void;
}

/** What is sent along and is no secret. */
const PUBLIC_CREDENTIALS = ['user', 'timestamp'];

export type ExchangeResult<Data = unknown> =
  | { readonly isSuccess: true; readonly data: Data }
  | FailedExchange;

export interface FailedExchange {
  readonly isSuccess: false;
  readonly error: DeskError;
  /** The HTTP status, or the code of a fault (`HttpFault`). */
  readonly failure: number | string;
  /** Whether it is certain that the server received nothing. */
  readonly isUnsent: boolean;
  readonly retryAfterMs?: number | undefined;
  /** The server's clock less ours, in milliseconds; undefined when it does not tell the time. */
  readonly clockOffsetMs?: number | undefined;
}

/**
 * Sends one request to one service and takes the answer apart.
 *
 * @throws the reason of the signal that the service was opened with.
 */
export async function exchange(
  { baseUrl, http }: Service,
  { endpoint, path: pathBelow, credentials, attempt, budgetMs }: Request,
  { userAgent, now, log, keepSecret }: ExchangeOptions,
): Promise<ExchangeResult> {
  const { method, page, meanings } = endpoint;
  const origin = originOf(baseUrl);
  const path = baseUrl.slice(origin.length) + pathBelow;
  // The platform's pages name this content type for requests without a body too.
  const types = { accept: 'application/json', 'content-type': 'application/json' };
  const headers = { ...credentials, ...types, 'user-agent': userAgent };
  for (const [name, value] of Object.entries(credentials)) {
    if (!PUBLIC_CREDENTIALS.includes(name)) keepSecret?.(value);
  }
  const startedAt = now();
  const outcome = await http.send({ method, path, headers });
  const endedAt = now();
  const elapsedMs = endedAt.getTime() - startedAt.getTime();
  const status = outcome.kind === 'answer' ? outcome.status : undefined;
  log({ method, origin, path, status, elapsedMs, attempt });

  const token = parseToken(credentials.token);
  const tokenExpiresAt = token && readTokenClaims(token).expiresAt;
  const context = { origin, page, meanings, tokenExpiresAt, now: endedAt, budgetMs };
  if (outcome.kind === 'fault') {
    const { code: failure, isUnsent } = outcome;
    return { isSuccess: false, error: failureOfFault(outcome, context), failure, isUnsent };
  }
  const retryAfterMs = parseRetryAfterMs(outcome.retryAfter, endedAt);
  const read = decodeResponse(outcome, endpoint, { ...context, retryAfterMs });
  if (read.isSuccess) return read;
  const serverTime = parseHttpDate(outcome.date);
  const clockOffsetMs = serverTime && serverTime.getTime() - endedAt.getTime();
  return { ...read, failure: outcome.status, isUnsent: false, retryAfterMs, clockOffsetMs };
}
