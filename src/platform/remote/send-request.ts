import type { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText } from '../../model/base-url.js';
import { parseToken, readTokenClaims } from '../../model/token.js';
import type { ServerClock } from '../server-clock.js';
import {
  collectResponse,
  FAULTS,
  fault,
  type HttpAnswer,
  type HttpFault,
  STEP_LIMITS,
} from './collect-response.js';
import type { Connection } from './connection.js';
import { decodeResponse } from './decode-response.js';
import type { Method, PlatformEndpoint } from './endpoint.js';
import { failureOfFault } from './failure.js';
import { parseHttpDate, parseRetryAfterMs } from './retry.js';

/** Where requests go, and the way there. */
export interface Service {
  readonly baseUrl: BaseUrl;
  readonly connection: Connection;
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
  /** This machine's clock. */
  readonly now: () => Date;
  readonly serverClock: ServerClock;
  readonly log: (entry: RequestLog) => void;
  /** Told of all that proves who we are, before it is sent: a server may repeat it. */
  readonly keepSecret?: (secret: string) => void;
  /** What is left of the one limit that all tries share, in milliseconds. */
  readonly remainingMs: () => number;
  readonly signal: AbortSignal;
}

/** What is sent along and is no secret. */
const PUBLIC_CREDENTIALS = ['user', 'timestamp'];
const UNCOMPRESSED = { 'accept-encoding': 'identity' };

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
}

/**
 * Sends one request without a body to one service and decodes the response, within all limits.
 *
 * @throws the reason of the signal when it aborts, and nothing else.
 */
export async function sendRequest(
  { baseUrl, connection }: Service,
  { endpoint, path: pathBelow, credentials, attempt, budgetMs }: Request,
  { userAgent, now, serverClock, log, keepSecret, remainingMs, signal }: ExchangeOptions,
): Promise<ExchangeResult> {
  const { method, page, meanings } = endpoint;
  const { origin } = connection;
  const path = baseUrl.slice(origin.length) + pathBelow;
  // The platform's pages name this content type for requests without a body too.
  const types = { accept: 'application/json', 'content-type': 'application/json' };
  const headers = { ...credentials, ...types, 'user-agent': userAgent, ...UNCOMPRESSED };
  for (const [name, value] of Object.entries(credentials)) {
    if (!PUBLIC_CREDENTIALS.includes(name)) keepSecret?.(value);
  }
  signal.throwIfAborted();
  const startedAt = now();
  const timeoutMs = remainingMs();
  let outcome: HttpAnswer | HttpFault = fault(FAULTS.deadline);
  if (timeoutMs > 0) {
    const response = collectResponse(connection, timeoutMs, signal);
    const request = { origin, method, path, headers, ...STEP_LIMITS };
    connection.dispatcher().dispatch(request, response.handler);
    outcome = await response.outcome;
  }
  const endedAt = now();
  const elapsedMs = endedAt.getTime() - startedAt.getTime();
  const status = outcome.kind === 'answer' ? outcome.status : undefined;
  log({ method, origin, path, status, elapsedMs, attempt });

  const serverTime = outcome.kind === 'answer' ? parseHttpDate(outcome.date) : undefined;
  // In clear text, anybody in between may have changed it.
  if (serverTime !== undefined && !isClearText(baseUrl)) {
    serverClock.observe(serverTime, startedAt, endedAt);
  }
  const token = parseToken(credentials.token);
  const tokenExpiresAt = token && readTokenClaims(token).expiresAt;
  const time = { now: serverClock.now(), localTime: endedAt, tokenExpiresAt };
  const context = { origin, page, meanings, ...time, budgetMs };
  if (outcome.kind === 'fault') {
    const { code: failure, isUnsent } = outcome;
    return { isSuccess: false, error: failureOfFault(outcome, context), failure, isUnsent };
  }
  const retryAfterMs = parseRetryAfterMs(outcome.retryAfter, context.now);
  const decoded = decodeResponse(outcome, endpoint, { ...context, retryAfterMs });
  return decoded.isSuccess
    ? decoded
    : { ...decoded, failure: outcome.status, isUnsent: false, retryAfterMs };
}
