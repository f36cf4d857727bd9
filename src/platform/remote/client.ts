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
  /** The service's URLs, which the paths of the table are added to; all lead to the same service. */
  readonly baseUrls: readonly [BaseUrl, ...BaseUrl[]];
  /** Whether the user accepts plain http beyond this machine: `--allow-http` at the login that the URLs belong to. */
  readonly allowsHttp: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<unknown>;
  /** 0…1 */
  readonly random: () => number;
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
  close(): Promise<void>;
}

/** @throws usage.invalidValue when a proxy variable cannot be understood. */
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

  /** Every request with a secret passes here, wherever its URL came from. */
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

  /** Of calls that run side by side, the first that fails moves all of them on. */
  function moveOn(from: Service): void {
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
        if (servicesLeft > 0 && isOutOfReach(result)) {
          servicesLeft -= 1;
          moveOn(service);
          continue;
        }
        const { error, failure, retryAfterMs } = result;
        const left = { attempt, retryAfterMs, remainingMs: remainingMs(), random };
        const delayMs = isForTheUser(error)
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

/** Another URL may do better. A certificate that is not right is told instead: somebody may be in between. */
function isOutOfReach({ isUnsent, error }: FailedExchange): boolean {
  return isUnsent && error.code !== 'network.tls';
}

/** The platform itself says "later" (815201, 10011): how long to wait is not decided here. */
function isForTheUser({ family, platform }: DeskError): boolean {
  return family === 'busy' && platform !== undefined;
}
