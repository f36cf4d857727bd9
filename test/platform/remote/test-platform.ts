import { afterEach } from 'vitest';
import { DeskError } from '../../../src/errors/desk-error.js';
import { type BaseUrl, parseBaseUrl } from '../../../src/model/base-url.js';
import { DEFAULT_CLOCK } from '../../../src/model/time.js';
import { parseToken, type Token } from '../../../src/model/token.js';
import type { Platform } from '../../../src/platform/platform.js';
import type { RequestLog } from '../../../src/platform/remote/client.js';
import {
  createPlatform,
  type RemotePlatformOptions,
} from '../../../src/platform/remote/create-platform.js';
import { createServerClock } from '../../../src/platform/server-clock.js';
import {
  type ScriptedServer,
  type Step,
  startScriptedServer,
} from '../../helpers/scripted-server.js';

/** The example of API page `vnc-create`. */
export const EXAMPLE = {
  id: 'e272e9bc5e6d40fbbcc39d82f172f63a',
  createDate: '2023-02-02 11:59:45',
  hostname: 'gv101',
  ip: '10.0.41.101',
  jobs: 'SIG',
  length: '1080',
  name: 'gv101:4',
  sessionId: 'gv101--test_1215--SIG--4',
  sid: '4',
  user: 'test_1215',
  width: '1920',
} as const;

export const TOKEN = parseToken('SENTINEL.TOKEN.1') as Token;
export const NOW = new Date('2023-02-02T12:00:00+08:00');

export const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()));
});

/** A server that is closed after the test. */
export async function startServer(...scripts: Step[][]): Promise<ScriptedServer> {
  const server = await startScriptedServer(...scripts);
  open.push(server);
  return server;
}

export interface TestPlatform extends Platform {
  readonly logged: readonly RequestLog[];
  /** All requested delays, in milliseconds; they are not actually waited. */
  readonly delaysMs: readonly number[];
}

/** The real client for a URL; it does not wait between attempts, and by default has a deadline of one minute. */
export function createTestPlatform(
  url: string,
  options: Partial<RemotePlatformOptions> = {},
): TestPlatform {
  const logged: RequestLog[] = [];
  const delaysMs: number[] = [];
  const endsAt = performance.now() + 60_000;
  const platform = createPlatform({
    apiUrls: [baseUrlOf(url)],
    allowsHttp: false,
    token: TOKEN,
    clock: DEFAULT_CLOCK,
    environment: {},
    userAgent: 'hpc-desk/TEST',
    allowLoopback: false,
    now: () => NOW,
    serverClock: createServerClock(options.now ?? (() => NOW)),
    sleep: async (delayMs) => void delaysMs.push(delayMs),
    random: () => 0,
    remainingMs: () => endsAt - performance.now(),
    signal: new AbortController().signal,
    log: (entry) => logged.push(entry),
    ...options,
  });
  open.push(platform);
  return Object.assign(platform, { logged, delaysMs });
}

export function baseUrlOf(url: string): BaseUrl {
  const baseUrl = parseBaseUrl(url);
  if (baseUrl === undefined) throw new Error(`not a base URL: ${url}`);
  return baseUrl;
}

/** The DeskError that a promise rejects with; throws anything else. */
export async function errorOf(promise: Promise<unknown>): Promise<DeskError> {
  const error: unknown = await promise.then(
    (value) => new Error(`succeeded with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof DeskError) return error;
  throw error;
}
