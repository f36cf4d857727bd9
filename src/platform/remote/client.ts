import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText } from '../../model/base-url.js';
import type { Clock } from '../../model/time.js';
import { parseToken, readTokenClaims } from '../../model/token.js';
import type { ServerClock } from '../server-clock.js';
import { requestAnswer } from './collect-response.js';
import { openConnection } from './connection.js';
import { decodeResponse } from './decode-response.js';
import type { Method, PlatformEndpoint } from './endpoint.js';
import { delayBeforeRetry, parseHttpDate, parseRetryAfterMs } from './retry.js';

/** Authentication headers; values are valid header values. */
export type Credentials = Readonly<Record<string, string>>;

/** Authentication headers that are not secret. */
const PUBLIC_CREDENTIALS = ['user', 'timestamp'];

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

export interface ClientOptions extends Clock {
  /** Base URLs of one service, in order of preference. */
  readonly baseUrls: readonly [BaseUrl, ...BaseUrl[]];
  /** Whether the user accepted plain http beyond loopback (`--allow-http` at login). */
  readonly allowsHttp: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userAgent: string;
  readonly serverClock: ServerClock;
  readonly log: (entry: RequestLog) => void;
  /** Registers secrets for redaction before they are sent, because a server may echo them. */
  readonly keepSecret?: (secret: string) => void;
  /** Time left for all attempts together, in milliseconds. */
  readonly remainingMs: () => number;
  readonly signal: AbortSignal;
}

/** Calls endpoints of one service; the creator closes it. @throws usage.invalidValue for an invalid proxy variable. */
export function createClient(options: ClientOptions) {
  const { baseUrls, allowsHttp, now, serverClock, random, remainingMs, signal } = options;
  const open = (baseUrl: BaseUrl) => ({
    baseUrl,
    connection: openConnection(baseUrl, options.environment),
  });
  let current = open(baseUrls[0]);
  const others = baseUrls.slice(1).map(open);

  /** Of concurrent calls, only the first failure switches to the next URL. */
  function switchFrom(service: typeof current): void {
    if (service !== current) return;
    others.push(service);
    current = others.shift() ?? service;
  }

  return {
    /** The base URL in use: after a failure, the first that could be reached. */
    get baseUrl() {
      return current.baseUrl;
    },
    /**
     * Sends a request without a body, with retries, and decodes the response.
     *
     * @throws usage.plainHttp, before anything is sent; auth.*, platform.*, network.*; the signal's reason when aborted.
     */
    async call<Data>(endpoint: PlatformEndpoint<Data>, credentials: Credentials): Promise<Data> {
      // Checked for every request, because all of them carry secrets.
      const clearText = allowsHttp ? undefined : baseUrls.find(isClearText);
      if (clearText !== undefined) throw new DeskError('usage.plainHttp', { url: clearText });
      for (const [name, value] of Object.entries(credentials)) {
        if (!PUBLIC_CREDENTIALS.includes(name)) options.keepSecret?.(value);
      }
      const { method, page, meanings } = endpoint;
      // Required by the documentation even without a body.
      const types = { accept: 'application/json', 'content-type': 'application/json' };
      const headers = { ...credentials, ...types, 'user-agent': options.userAgent };
      const token = parseToken(credentials.token);
      const tokenExpiresAt = token && readTokenClaims(token).expiresAt;
      const budgetMs = Math.max(0, Math.round(remainingMs()));
      let attempt = 1;
      let servicesLeft = others.length;
      for (;;) {
        const service = current;
        const { baseUrl, connection } = service;
        const { origin } = connection;
        const path = baseUrl.slice(origin.length) + endpoint.path;
        const request = { method, path, headers };
        const sentAt = now();
        const outcome = await requestAnswer(connection, request, remainingMs(), signal);
        const receivedAt = now();
        const { status, date = '', retryAfter = '' } = outcome.kind === 'answer' ? outcome : {};
        const elapsedMs = receivedAt.getTime() - sentAt.getTime();
        options.log({ method, origin, path, status, elapsedMs, attempt });

        const serverTime = parseHttpDate(date);
        // Plain http can be tampered with.
        if (serverTime !== undefined && !isClearText(baseUrl)) {
          serverClock.observe(serverTime, sentAt, receivedAt);
        }
        const time = { now: serverClock.now(), localTime: receivedAt, tokenExpiresAt, budgetMs };
        const retryAfterMs = parseRetryAfterMs(retryAfter, time.now);
        const context = { origin, page, meanings, ...time, retryAfterMs };
        const decoded = decodeResponse(outcome, endpoint, context);
        if (decoded.isSuccess) return decoded.data;

        const { error } = decoded;
        const isUnsent = outcome.kind === 'fault' && outcome.isUnsent;
        // An invalid certificate may be an attack, so it is reported.
        if (servicesLeft > 0 && isUnsent && error.code !== 'network.tls') {
          servicesLeft -= 1;
          switchFrom(service);
          continue;
        }
        // The platform itself asks to try later (815201, 10011); the caller decides how long to wait.
        if (error.family === 'busy' && error.platform !== undefined) throw error;
        const failure = outcome.kind === 'fault' ? outcome.code : outcome.status;
        const left = { attempt, retryAfterMs, remainingMs: remainingMs(), random };
        const delayMs = delayBeforeRetry({ method, failure, ...left });
        if (delayMs === undefined) throw error;
        await options.sleep(delayMs, signal);
        attempt += 1;
        servicesLeft = others.length;
      }
    },
    async close(): Promise<void> {
      await Promise.all([current, ...others].map(({ connection }) => connection.close()));
    },
  };
}
