import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText } from '../../model/base-url.js';
import { openConnection } from './connection.js';
import type { PlatformEndpoint } from './endpoint.js';
import { delayBeforeRetry } from './retry.js';
import {
  type Credentials,
  type ExchangeOptions,
  type FailedExchange,
  type Service,
  sendRequest,
} from './send-request.js';

export interface ClientOptions extends ExchangeOptions {
  /** Base URLs of one service, in order of preference. */
  readonly baseUrls: readonly [BaseUrl, ...BaseUrl[]];
  /** Whether the user accepted plain http beyond loopback (`--allow-http` at login). */
  readonly allowsHttp: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Rejects when the signal aborts. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<unknown>;
  /** 0…1 */
  readonly random: () => number;
}

/** Calls endpoints of one service; the creator closes it. */
export interface Client {
  /** The base URL in use: after a failure, the first that could be reached. */
  readonly baseUrl: BaseUrl;
  /**
   * Sends a request, with retries.
   *
   * @throws usage.plainHttp, before anything is sent; auth.*, platform.*, network.*; the signal's reason when aborted.
   */
  call<Data>(endpoint: PlatformEndpoint<Data>, credentials: Credentials): Promise<Data>;
  close(): Promise<void>;
}

/** @throws usage.invalidValue for an invalid proxy variable. */
export function createClient(options: ClientOptions): Client {
  const { baseUrls, allowsHttp, environment, sleep, random, remainingMs, signal } = options;
  const open = (baseUrl: BaseUrl): Service => ({
    baseUrl,
    connection: openConnection(baseUrl, environment),
  });
  let current = open(baseUrls[0]);
  const others = baseUrls.slice(1).map(open);

  /** Of concurrent calls, only the first failure switches to the next URL. */
  function switchFrom(from: Service): void {
    if (from !== current) return;
    others.push(from);
    current = others.shift() ?? from;
  }

  return {
    get baseUrl() {
      return current.baseUrl;
    },
    async call(endpoint, credentials) {
      // Checked for every request, because all of them carry secrets.
      const clearText = allowsHttp ? undefined : baseUrls.find(isClearText);
      if (clearText !== undefined) throw new DeskError('usage.plainHttp', { url: clearText });
      const budgetMs = Math.max(0, Math.round(remainingMs()));
      let attempt = 1;
      let servicesLeft = others.length;
      for (;;) {
        const service = current;
        const request = { endpoint, credentials, budgetMs, attempt };
        const result = await sendRequest(service, request, options);
        if (result.isSuccess) return result.data;
        if (servicesLeft > 0 && isUnreachable(result)) {
          servicesLeft -= 1;
          switchFrom(service);
          continue;
        }
        const { error, failure, retryAfterMs } = result;
        const left = { attempt, retryAfterMs, remainingMs: remainingMs(), random };
        const { method } = endpoint;
        const delayMs = isPlatformBusy(error)
          ? undefined
          : delayBeforeRetry({ method, failure, ...left });
        if (delayMs === undefined) throw error;
        await sleep(delayMs, signal);
        attempt += 1;
        servicesLeft = others.length;
      }
    },
    async close() {
      await Promise.all([current, ...others].map(({ connection }) => connection.close()));
    },
  };
}

/** Tries the next URL unless the certificate is invalid, which may be an attack and is reported. */
function isUnreachable({ isUnsent, error }: FailedExchange): boolean {
  return isUnsent && error.code !== 'network.tls';
}

/** The platform itself asks to try later (815201, 10011); the caller decides how long to wait. */
function isPlatformBusy({ family, platform }: DeskError): boolean {
  return family === 'busy' && platform !== undefined;
}
