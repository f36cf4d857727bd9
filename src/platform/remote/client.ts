import type * as v from 'valibot';
import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText } from '../../model/base-url.js';
import { openConnection } from './connection.js';
import type { EndpointTable, PlatformEndpoint } from './endpoint.js';
import { delayBeforeRetry } from './retry.js';
import {
  type Credentials,
  type ExchangeOptions,
  type FailedExchange,
  type Request,
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

type Input<Table extends EndpointTable, Name extends keyof Table> = Parameters<Table[Name]['path']>;
type Output<Table extends EndpointTable, Name extends keyof Table> = v.InferOutput<
  Table[Name]['response']
>;

/** Calls the endpoints of a table by name; the creator closes it. */
export interface Client<Table extends EndpointTable> {
  /** The base URL in use: after a failure, the first that could be reached. */
  readonly baseUrl: BaseUrl;
  /**
   * Sends a request, with retries.
   *
   * @throws usage.plainHttp, before anything is sent; auth.*, platform.*, network.*; unsafe.value when the input cannot
   * be part of a path; the signal's reason when aborted.
   */
  call<Name extends keyof Table>(
    name: Name,
    credentials: Credentials,
    ...input: Input<Table, Name>
  ): Promise<Output<Table, Name>>;
  close(): Promise<void>;
}

/** @throws usage.invalidValue for an invalid proxy variable. */
export function createClient<Table extends EndpointTable>(
  table: Table,
  options: ClientOptions,
): Client<Table> {
  const { baseUrls, allowsHttp, environment, sleep, random, remainingMs, signal } = options;
  const open = (baseUrl: BaseUrl): Service => ({
    baseUrl,
    connection: openConnection(baseUrl, environment),
  });
  let current = open(baseUrls[0]);
  const others = baseUrls.slice(1).map(open);

  /** Checked for every request, because all of them carry secrets. */
  function prepare(
    name: keyof Table,
    credentials: Credentials,
    input: unknown[],
  ): Omit<Request, 'attempt'> {
    const clearText = allowsHttp ? undefined : baseUrls.find(isClearText);
    if (clearText !== undefined) throw new DeskError('usage.plainHttp', { url: clearText });
    const endpoint = table[name] as PlatformEndpoint;
    const path = endpoint.path(...(input as [never]));
    return {
      endpoint,
      path,
      credentials,
      budgetMs: Math.max(0, Math.round(remainingMs())),
    };
  }

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
    async call(name, credentials, ...input) {
      const request = prepare(name, credentials, input);
      const { method } = request.endpoint;
      let attempt = 1;
      let servicesLeft = others.length;
      for (;;) {
        const service = current;
        const result = await sendRequest(service, { ...request, attempt }, options);
        if (result.isSuccess) return result.data as never;
        if (servicesLeft > 0 && isUnreachable(result)) {
          servicesLeft -= 1;
          switchFrom(service);
          continue;
        }
        const { error, failure, retryAfterMs } = result;
        const left = { attempt, retryAfterMs, remainingMs: remainingMs(), random };
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
