import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '../../src/errors/codes.js';
import { isDeskError } from '../../src/errors/desk-error.js';
import { type BaseUrl, parseBaseUrl } from '../../src/model/base-url.js';
import { DEFAULT_CLOCK } from '../../src/model/time.js';
import { parseToken, type Token } from '../../src/model/token.js';
import type { Accounts } from '../../src/platform/accounts.js';
import type { Platform } from '../../src/platform/platform.js';
import { createAccounts } from '../../src/platform/remote/create-accounts.js';
import { createPlatform } from '../../src/platform/remote/create-platform.js';
import { createServerClock } from '../../src/platform/server-clock.js';
import { EXAMPLE } from './http-parts.js';

/** A caller's credentials; the secrets are recognizable in any output. */
export interface Secrets {
  readonly user: string;
  readonly token: Token;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly password: string;
  readonly orgId: string;
}

export const SECRETS: Secrets = {
  user: 'test',
  token: 'SENTINEL.TOKEN.1' as Token,
  accessKey: 'SENTINEL-AK',
  secretKey: 'SENTINEL-SK',
  password: 'SENTINEL-PW',
  orgId: 'SENTINEL-ORG',
};

interface Clients {
  readonly platform: Platform;
  readonly accounts: Accounts;
  readonly secrets: Secrets;
  readonly sessionId: string;
}

/** Every request that the program makes to the platform. */
export const OPERATIONS = {
  create: ({ platform }: Clients) => platform.createSession(),
  list: ({ platform }: Clients) => platform.listSessions(),
  delete: ({ platform, sessionId }: Clients) => platform.deleteSession(sessionId),
  launch: ({ platform, sessionId }: Clients) => platform.readLaunchUrl(sessionId),
  key: ({ accounts, secrets }: Clients) => accounts.logInWithAccessKey(secrets),
  password: ({ accounts, secrets }: Clients) => accounts.logInWithPassword(secrets),
  center: ({ accounts, secrets }: Clients) => accounts.describeCluster(secrets.token),
  renew: ({ accounts, secrets }: Clients) => accounts.renewToken(secrets.token),
  check: ({ accounts, secrets }: Clients) => accounts.isTokenAccepted(secrets.token),
} as const;
export type Operation = keyof typeof OPERATIONS;
export const ALL_OPERATIONS = Object.keys(OPERATIONS) as Operation[];

export interface CallOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: Secrets;
  readonly sessionId?: string;
  /** Called with every clock correction, in milliseconds. */
  readonly onClockSkew?: (offsetMs: number) => void;
  /** The local clock. */
  readonly now?: () => Date;
}

export interface Ending {
  readonly result: ErrorCode | 'ok';
  readonly value?: unknown;
  readonly error?: unknown;
}

/** The real clients, both with the same URL and one deadline for all requests. */
export function openClients(url: string, timeoutMs: number, options: CallOptions = {}) {
  const { secrets = SECRETS, sessionId = EXAMPLE.sessionId, environment = {} } = options;
  const endsAtMs = performance.now() + timeoutMs;
  const baseUrl = parseBaseUrl(url) as BaseUrl;
  const now = options.now ?? (() => new Date());
  const common = {
    // For the http URLs behind the proxies.
    allowsHttp: true,
    environment,
    userAgent: 'hpc-desk/TEST',
    now,
    serverClock: createServerClock(now, options.onClockSkew),
    // Retry delays are tested elsewhere.
    sleep: (delayMs: number, signal: AbortSignal) =>
      sleep(Math.min(delayMs, 10), undefined, { signal }),
    random: () => 0,
    remainingMs: () => endsAtMs - performance.now(),
    signal: new AbortController().signal,
    log: () => {},
  };
  const platform = createPlatform({
    ...common,
    apiUrls: [baseUrl],
    token: parseToken(secrets.token) as Token,
    clock: DEFAULT_CLOCK,
    allowLoopback: true,
  });
  const accounts = createAccounts({
    ...common,
    authUrl: baseUrl,
    platformUrl: baseUrl,
  });
  return {
    ask: (operation: Operation): Promise<unknown> =>
      OPERATIONS[operation]({ platform, accounts, secrets, sessionId }),
    close: () => Promise.all([platform.close(), accounts.close()]),
  };
}

/** One call of the real client, on the real clock. Rethrows anything but a DeskError. */
export async function call(
  operation: Operation,
  url: string,
  timeoutMs: number,
  options: CallOptions = {},
): Promise<Ending> {
  const clients = openClients(url, timeoutMs, options);
  return clients
    .ask(operation)
    .then((value) => ({ result: 'ok' as const, value }), endingOf)
    .finally(clients.close);
}

export function endingOf(error: unknown): Pick<Ending, 'result' | 'error'> {
  if (!isDeskError(error)) throw error;
  return { result: error.code, error };
}
