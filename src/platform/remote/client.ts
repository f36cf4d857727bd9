import type * as v from 'valibot';
import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText } from '../../model/base-url.js';
import type { EndpointTable, PlatformEndpoint } from './endpoint.js';
import { openHttp } from './http.js';
import { delayBeforeRetry } from './retry.js';
import {
  type Credentials,
  type ExchangeOptions,
  type ExchangeResult,
  exchange,
  type FailedExchange,
  type Request,
  type Service,
} from './send-request.js';

export interface ClientOptions extends ExchangeOptions {
  /** The service's URLs, which the paths of the table are added to; all lead to the same service. */
  readonly baseUrls: readonly [BaseUrl, ...BaseUrl[]];
  /** Whether the user accepts plain http beyond this machine: `--allow-http` at the login that the URLs belong to. */
  readonly allowsHttp: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<unknown>;
  /** 0…1 */
  readonly random: () => number;
  /** What is left of the one limit that all tries share, in milliseconds. */
  readonly remainingMs: () => number;
  readonly signal: AbortSignal;
}

type Input<Table extends EndpointTable, Name extends keyof Table> = Parameters<Table[Name]['path']>;
type Output<Table extends EndpointTable, Name extends keyof Table> = v.InferOutput<
  Table[Name]['response']
>;

/** Calls the endpoints of a table by name; whoever creates it closes it. */
export interface Client<Table extends EndpointTable> {
  /** The URL that requests go to now: the first that could be reached, from then on. */
  readonly baseUrl: BaseUrl;
  /**
   * Tries until it succeeds or has to stop.
   *
   * @throws usage.plainHttp, before anything is sent; auth.*, platform.*, network.*; unsafe.value when the input cannot be part of a path; the reason of the
   * signal when it aborts.
   */
  call<Name extends keyof Table>(
    name: Name,
    credentials: Credentials,
    ...input: Input<Table, Name>
  ): Promise<Output<Table, Name>>;
  /**
   * Tries once, and answers with a failure too.
   *
   * @throws usage.plainHttp, unsafe.value; the reason of the signal when it aborts.
   */
  tryOnce<Name extends keyof Table>(
    name: Name,
    credentials: Credentials,
    ...input: Input<Table, Name>
  ): Promise<ExchangeResult<Output<Table, Name>>>;
  close(): Promise<void>;
}

/** @throws usage.invalidValue when a proxy variable cannot be understood. */
export function createClient<Table extends EndpointTable>(
  table: Table,
  options: ClientOptions,
): Client<Table> {
  const { baseUrls, allowsHttp, sleep, random, remainingMs, signal } = options;
  const open = (baseUrl: BaseUrl): Service => ({
    baseUrl,
    http: openHttp({ ...options, baseUrl }),
  });
  let current = open(baseUrls[0]);
  const others = baseUrls.slice(1).map(open);

  /** Every request with a secret passes here, wherever its URL came from. */
  function prepare(name: keyof Table, credentials: Credentials, input: unknown[]): Request {
    const clearText = allowsHttp ? undefined : baseUrls.find(isClearText);
    if (clearText !== undefined) throw new DeskError('usage.plainHttp', { url: clearText });
    const endpoint = table[name] as PlatformEndpoint;
    const path = endpoint.path(...(input as [never]));
    return {
      endpoint,
      path,
      credentials,
      attempt: 1,
      budgetMs: Math.max(0, Math.round(remainingMs())),
    };
  }

  async function tryServices(request: Request): Promise<ExchangeResult> {
    for (let servicesLeft = others.length; ; servicesLeft -= 1) {
      const service = current;
      const result = await exchange(service, request, options);
      if (servicesLeft === 0 || result.isSuccess || !isOutOfReach(result)) return result;
      // Of calls that run side by side, the first that fails moves all of them on.
      if (service !== current) continue;
      others.push(service);
      current = others.shift() ?? service;
    }
  }

  return {
    get baseUrl() {
      return current.baseUrl;
    },
    async call(name, credentials, ...input) {
      const request = prepare(name, credentials, input);
      const { method } = request.endpoint;
      for (let attempt = 1; ; attempt += 1) {
        const result = await tryServices({ ...request, attempt });
        if (result.isSuccess) return result.data as never;
        const { error, failure, retryAfterMs } = result;
        const left = { attempt, retryAfterMs, remainingMs: remainingMs(), random };
        const delayMs = isForTheUser(error)
          ? undefined
          : delayBeforeRetry({ method, failure, ...left });
        if (delayMs === undefined) throw error;
        await sleep(delayMs, signal);
      }
    },
    async tryOnce(name, credentials, ...input) {
      const result = await tryServices(prepare(name, credentials, input));
      return result as ExchangeResult<never>;
    },
    async close() {
      await Promise.all([current, ...others].map(({ http }) => http.close()));
    },
  };
}

/** Another URL may do better. A certificate that is not right is told instead: somebody may be in between. */
function isOutOfReach({ isUnsent, error }: FailedExchange): boolean {
  return isUnsent && error.code !== 'network.tls';
}

/** The platform itself says "later" (815201, 10011): how long to wait is not decided here. */
function isForTheUser({ family, platform }: DeskError): boolean {
  return family === 'busy' && platform !== undefined;
}
