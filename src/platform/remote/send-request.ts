import type { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText } from '../../model/base-url.js';
import { parseToken, readTokenClaims } from '../../model/token.js';
import type { ServerClock } from '../server-clock.js';
import { requestAnswer } from './collect-response.js';
import type { Connection } from './connection.js';
import { decodeResponse } from './decode-response.js';
import type { Method, PlatformEndpoint } from './endpoint.js';
import { failureOfFault } from './failure.js';
import { parseHttpDate, parseRetryAfterMs } from './retry.js';

/** A base URL with its connection. */
export interface Service {
  readonly baseUrl: BaseUrl;
  readonly connection: Connection;
}

/** Authentication headers; values are valid header values. */
export type Credentials = Readonly<Record<string, string>>;

export interface Request<Data> {
  readonly endpoint: PlatformEndpoint<Data>;
  readonly credentials: Credentials;
  /** Starts at 1. */
  readonly attempt: number;
  /** Time limit of all attempts together, in milliseconds. */
  readonly budgetMs: number;
}

/** Log entry of one attempt: no header, body or secret. */
export interface RequestLog {
  readonly method: Method;
  readonly origin: string;
  readonly path: string;
  /** Undefined without a response. */
  readonly status: number | undefined;
  readonly elapsedMs: number;
  /** Starts at 1. */
  readonly attempt: number;
}

export interface ExchangeOptions {
  readonly userAgent: string;
  readonly now: () => Date;
  readonly serverClock: ServerClock;
  readonly log: (entry: RequestLog) => void;
  /** Registers secrets for redaction before they are sent, because a server may echo them. */
  readonly keepSecret?: (secret: string) => void;
  /** Time left for all attempts together, in milliseconds. */
  readonly remainingMs: () => number;
  readonly signal: AbortSignal;
}

/** Authentication headers that are not secret. */
const PUBLIC_CREDENTIALS = ['user', 'timestamp'];

export type ExchangeResult<Data> =
  | { readonly isSuccess: true; readonly data: Data }
  | FailedExchange;

export interface FailedExchange {
  readonly isSuccess: false;
  readonly error: DeskError;
  /** HTTP status or fault code (`HttpFault`). */
  readonly failure: number | string;
  /** Whether the server certainly received nothing. */
  readonly isUnsent: boolean;
  readonly retryAfterMs?: number | undefined;
}

/**
 * Sends one request without a body and decodes the response, within all limits.
 *
 * @throws the signal's reason when aborted, nothing else.
 */
export async function sendRequest<Data>(
  { baseUrl, connection }: Service,
  { endpoint, credentials, attempt, budgetMs }: Request<Data>,
  { userAgent, now, serverClock, log, keepSecret, remainingMs, signal }: ExchangeOptions,
): Promise<ExchangeResult<Data>> {
  const { method, page, meanings } = endpoint;
  const { origin } = connection;
  const path = baseUrl.slice(origin.length) + endpoint.path;
  // Required by the documentation even without a body.
  const types = { accept: 'application/json', 'content-type': 'application/json' };
  const headers = { ...credentials, ...types, 'user-agent': userAgent };
  for (const [name, value] of Object.entries(credentials)) {
    if (!PUBLIC_CREDENTIALS.includes(name)) keepSecret?.(value);
  }
  const startedAt = now();
  const request = { method, path, headers };
  const outcome = await requestAnswer(connection, request, remainingMs(), signal);
  const endedAt = now();
  const elapsedMs = endedAt.getTime() - startedAt.getTime();
  const status = outcome.kind === 'answer' ? outcome.status : undefined;
  log({ method, origin, path, status, elapsedMs, attempt });

  const serverTime = outcome.kind === 'answer' ? parseHttpDate(outcome.date) : undefined;
  // Plain http can be tampered with.
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
