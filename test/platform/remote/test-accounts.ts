import type { Accounts } from '../../../src/platform/accounts.js';
import type { RequestLog } from '../../../src/platform/remote/client.js';
import {
  type AccountsOptions,
  createAccounts,
} from '../../../src/platform/remote/create-accounts.js';
import { createServerClock } from '../../../src/platform/server-clock.js';
import { answer, type Step } from '../../helpers/scripted-server.js';
import { baseUrlOf, NOW, open, startServer, TOKEN } from './test-platform.js';

export interface TestAccounts extends Accounts {
  readonly logged: readonly RequestLog[];
  /** All clock skews that were reported, in milliseconds. */
  readonly skewsMs: readonly number[];
}

/** The real client, by default with one URL for both hosts; it does not wait and has a deadline of one minute. */
export function createTestAccounts(
  url: string,
  options: Partial<AccountsOptions> = {},
): TestAccounts {
  const logged: RequestLog[] = [];
  const skewsMs: number[] = [];
  const endsAt = performance.now() + 60_000;
  const accounts = createAccounts({
    authUrl: baseUrlOf(url),
    platformUrl: baseUrlOf(url),
    allowsHttp: false,
    environment: {},
    userAgent: 'hpc-desk/TEST',
    now: () => NOW,
    serverClock: createServerClock(options.now ?? (() => NOW), (offsetMs) =>
      skewsMs.push(offsetMs),
    ),
    sleep: async () => {},
    random: () => 0,
    remainingMs: () => endsAt - performance.now(),
    signal: new AbortController().signal,
    log: (entry) => logged.push(entry),
    ...options,
  });
  open.push(accounts);
  return Object.assign(accounts, { logged, skewsMs });
}

export const KEYS = { user: 'test', accessKey: 'SENTINEL-AK', secretKey: 'SENTINEL-SK' };
export const PASSWORD = { user: 'test', password: 'SENTINEL-PW', orgId: 'SENTINEL-ORG' };
export const CLUSTERS = [
  { clusterId: '0', clusterName: 'ac', token: 'a.b.c' },
  { clusterId: '11112', clusterName: 'OpenAPI计算中心', token: 'd.e.f' },
  { clusterId: '20091', clusterName: '停用', token: null },
];
export const CENTER = {
  id: 11112,
  name: 'OpenAPI计算中心',
  description: '',
  clusterUserInfo: { userName: 'test', homePath: '/public/home/test' },
  ingressUrls: [
    { enable: 'true', isManagerNode: 'false', version: '5.2.2', url: 'https://a.example' },
  ],
  hpcUrls: [
    { enable: 'false', isManagerNode: 'false', version: '5.2.2', url: 'https://off.example:65106' },
    {
      enable: 'true',
      isManagerNode: 'false',
      version: '5.2.2',
      url: 'https://one.example:65106/hpc',
    },
    { enable: 'true', isManagerNode: 'true', version: '5.2.2', url: 'https://two.example:65106/' },
  ],
};

type Call = (accounts: Accounts) => Promise<unknown>;
/** All methods, with secrets that contain SENTINEL. */
export const CALLS = {
  key: (accounts) => accounts.logInWithAccessKey(KEYS),
  password: (accounts) => accounts.logInWithPassword(PASSWORD),
  center: (accounts) => accounts.describeCluster(TOKEN),
  renewal: (accounts) => accounts.renewToken(TOKEN),
  check: (accounts) => accounts.isTokenAccepted(TOKEN),
} as const satisfies Record<string, Call>;
export type CallName = keyof typeof CALLS;

/** Makes a call to a new server. */
export async function run(name: CallName, ...scripts: Step[][]): Promise<unknown> {
  const server = await startServer(...scripts);
  return CALLS[name](createTestAccounts(server.origin));
}

/** A response that is not from the platform, such as a gateway’s. */
export const bare = (status: number) =>
  answer('<html>', { status, headers: { 'content-type': 'text/html' } });
