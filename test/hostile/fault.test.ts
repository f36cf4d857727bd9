import dns from 'node:dns';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { formatError, type ReportForm } from '../../src/cli/run/report.js';
import type { DeskError } from '../../src/errors/desk-error.js';
import { en } from '../../src/i18n/en/index.js';
import type { Token } from '../../src/model/token.js';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { PLAIN_THEME } from '../../src/view/theme.js';
import { IS_DEEP } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
import { printCount } from '../helpers/print-count.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';
import { type Blackhole, openBlackhole } from './fault-blackhole.js';
import { FAULT_KINDS, type FaultKind, PLANTED } from './fault-kinds.js';
import { createRandom, type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { isTrue } from './fault-truth.js';
import {
  ALL_OPERATIONS,
  type CallOptions,
  endingOf,
  type Operation,
  openClients,
  type Secrets,
} from './http-call.js';

vi.setConfig({ maxConcurrency: 9 });

/** For kinds that time out; all others end well before their limit. */
const SHORT_MS = 800;
const LONG_MS = 60_000;
const FIRST_SEED = Number(process.env.HPC_DESK_TEST_SEED ?? 1);
const SEEDS = IS_DEEP ? 20 : 1;

const UNKNOWN_NAME = 'unknown.example.invalid';
/** Nothing listens on this privileged port (RFC 863). */
const CLOSED = 'http://127.0.0.1:9';
const SLOW_NAME = 'slow.example.invalid';

const FORM: ReportForm = { messages: en, theme: PLAIN_THEME, isJson: false, isDebug: true };

let shared: Sandbox;
let blackhole: Blackhole;

beforeAll(async () => {
  const { lookup } = dns;
  vi.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: [object, Answer]) => {
    const [options, answer] = rest;
    if (name === UNKNOWN_NAME) answer(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
    else if (name !== SLOW_NAME) Reflect.apply(lookup, dns, [name, ...rest]);
    else setTimeout(() => Reflect.apply(lookup, dns, ['127.0.0.1', options, answer]), 200);
  }) as typeof dns.lookup);
  [shared, blackhole] = await Promise.all([startTestSandbox(), openBlackhole()]);
  await prepare(shared);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await Promise.all([shared.close(), blackhole.close()]);
});

type Answer = (error: Error, addresses: unknown) => void;

describe.each(FAULT_KINDS)('a platform that $title', (kind) => {
  // A quick run combines every kind with a third of the operations, and every operation with a third of the kinds.
  const operations = ALL_OPERATIONS.filter(
    (_, place) => IS_DEEP || (place + FAULT_KINDS.indexOf(kind)) % 3 === 0,
  );
  const rows = operations.flatMap((operation) =>
    Array.from({ length: SEEDS }, (_, index) => ({ operation, seed: FIRST_SEED + index })),
  );
  test.concurrent.each(rows)('during $operation (seed $seed)', async ({ operation, seed }) => {
    // Operations that change sessions get their own platform.
    const isOwn = operation === 'create' || operation === 'delete';
    const sandbox = isOwn ? await startTestSandbox() : shared;
    if (operation === 'delete') await prepare(sandbox);
    const random = createRandom(seed * 1_000 + ALL_OPERATIONS.indexOf(operation));
    const proxy = await startFaultProxy(portOf(sandbox), kind.fault, random);
    try {
      await expectPermittedResult(kind, operation, sandbox, proxy);
      // No connection stays open, whatever the outcome.
      await eventually(() => proxy.openConnections() === 0);
    } finally {
      await proxy.close();
      if (isOwn) await sandbox.close();
    }
  });
});

test('there are at least 24 kinds of fault for each of the nine operations', () => {
  expect(new Set(FAULT_KINDS.map(({ title }) => title)).size).toBeGreaterThanOrEqual(24);
  expect(ALL_OPERATIONS).toHaveLength(9);
  printCount('faults × operations × seeds', FAULT_KINDS.length * ALL_OPERATIONS.length * SEEDS);
});

async function expectPermittedResult(
  kind: FaultKind,
  operation: Operation,
  sandbox: Sandbox,
  proxy: FaultProxy,
): Promise<void> {
  const [url, environment] = addressOf(kind, proxy);
  const options = { ...callOptionsOf(sandbox), environment };
  const timeoutMs = kind.results.includes('network.timeout') ? SHORT_MS : LONG_MS;
  const clients = openClients(url, timeoutMs, options);
  try {
    for (let left = kind.isAskedTwice === true ? 2 : 1; left > 0; left -= 1) {
      const ending = await clients
        .ask(operation)
        .then((value) => ({ result: 'ok' as const, value, error: undefined }), endingWithError);
      expect(kind.results).toContain(ending.result);
      expect(JSON.stringify(ending.value ?? null)).not.toContain(PLANTED);
      if (ending.error !== undefined) expectNoSecret(ending.error, sandbox);
      else if (kind.isUndetectable !== true) {
        expect(ending.value).toSatisfy((value) => isTrue(operation, value, sandbox));
      }
    }
  } finally {
    await clients.close();
  }
}

function endingWithError(error: unknown) {
  const { result } = endingOf(error);
  return { result, value: undefined, error: error as DeskError };
}

function expectNoSecret(error: DeskError, { description }: Sandbox): void {
  const { token, password, secretKey, accessKey, orgId } = description;
  const printed = [
    formatError(error, FORM),
    formatError(error, { ...FORM, isJson: true }),
    JSON.stringify(error),
  ].join('\n');
  const found = [token, password, secretKey, accessKey, orgId].filter((secret) =>
    printed.includes(secret),
  );
  expect(found).toEqual([]);
}

function addressOf(
  { address }: FaultKind,
  { port }: FaultProxy,
): [url: string, environment: Record<string, string>] {
  switch (address) {
    case 'closed':
      return [CLOSED, {}];
    case 'blackhole':
      return [`http://127.0.0.1:${blackhole.port}`, {}];
    case 'unknownName':
      return [`http://${UNKNOWN_NAME}:${port}`, {}];
    case 'slowName':
      return [`http://${SLOW_NAME}:${port}`, {}];
    case 'https':
      return [`https://127.0.0.1:${port}`, {}];
    case 'throughProxy':
      return ['http://platform.example.invalid', { HTTP_PROXY: `http://127.0.0.1:${port}` }];
    default:
      return [`http://127.0.0.1:${port}`, {}];
  }
}

const portOf = ({ description }: Sandbox) => Number(new URL(description.apiUrl).port);

function callOptionsOf({ description, sessions }: Sandbox): CallOptions {
  const secrets: Secrets = { ...description, token: description.token as Token };
  return { secrets, sessionId: sessions.list()[0]?.sessionId ?? 'none' };
}

/** Creates the session that the operations use. */
async function prepare(sandbox: Sandbox): Promise<void> {
  const clients = openClients(sandbox.description.apiUrl, LONG_MS, callOptionsOf(sandbox));
  await clients.ask('create').finally(clients.close);
}
