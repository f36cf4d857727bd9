import { describe, expect, test, vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { IS_DEEP } from '../helpers/deep.js';
import { printCount } from '../helpers/print-count.js';
import { type CliResult, runCli } from '../helpers/run-cli.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';
import { startFaultProxy } from './fault-proxy.js';
import { problemsOf } from './http-printed.js';
import { LOSING_POINTS, type LosingPoint, type Loss, losing } from './lost-answer-points.js';

vi.setConfig({ maxConcurrency: 16 });

const LISTINGS = ['is offered', 'is not offered', 'is lost too'] as const;
const HOW_OFTEN = ['once', 'always'] as const;
/** A quick run combines the lists that do not help with a third of the points. */
const ROWS = LOSING_POINTS.flatMap((point, place) =>
  LISTINGS.filter(
    (listing, index) => IS_DEEP || listing === 'is offered' || (place + index) % 3 === 0,
  ).flatMap((listing) =>
    (listing === 'is offered' ? HOW_OFTEN : HOW_OFTEN.slice(0, 1)).map((howOften) => ({
      point,
      where: point.title,
      listing,
      howOften,
    })),
  ),
);
type Row = (typeof ROWS)[number];

const [FIRST_POINT] = LOSING_POINTS as readonly [LosingPoint, ...LosingPoint[]];
const NETWORK = 6;
const NOT_FOUND = 3;
/** For cases that time out; all others end well before their limit. */
const SHORT_MS = 1_000;
const LONG_MS = 60_000;

interface Scene {
  /** The session that exists on the platform. */
  sessionId(): string | undefined;
  /** How many sessions were created in total. */
  madeSessions(): number;
  /** Runs a command through the lossy proxy or directly, and checks the form of its output. */
  run(line: string, way: 'lossy' | 'clean'): Promise<CliResult>;
}

async function onScene(
  method: 'PUT' | 'DELETE',
  row: Row,
  body: (scene: Scene) => Promise<void>,
): Promise<void> {
  const sandbox: Sandbox = await startTestSandbox({
    listing: row.listing === 'is not offered' ? 'notOffered' : 'offered',
  });
  const create = vi.spyOn(sandbox.sessions, 'create');
  const { apiUrl, token } = sandbox.description;
  const losses: Loss[] = [{ method, point: row.point, howOften: row.howOften }];
  if (row.listing === 'is lost too') {
    losses.push({ method: 'GET', point: FIRST_POINT, howOften: 'always' });
  }
  const proxy = await startFaultProxy(Number(new URL(apiUrl).port), losing(losses), () => 0);
  const lossyUrl = `http://127.0.0.1:${proxy.port}`;
  const lossyMs = row.point.title === 'in silence' ? SHORT_MS : LONG_MS;
  try {
    await body({
      sessionId: () => sandbox.sessions.list()[0]?.sessionId,
      madeSessions: () => new Set(create.mock.settledResults.map(({ value }) => value?.id)).size,
      async run(line, way) {
        const [url, timeoutMs] = way === 'lossy' ? [lossyUrl, lossyMs] : [apiUrl, LONG_MS];
        const result = await runCli(`${line} --json --timeout ${timeoutMs / 1_000}s`, {
          environment: { HPC_DESK_TOKEN: token, HPC_DESK_API_URL: url },
        });
        expect(problemsOf(result, '--json'), JSON.stringify(result)).toEqual([]);
        return result;
      },
    });
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

const exitCodeOf = ({ point, howOften }: Row) =>
  howOften === 'once' ? point.exitCodeOnce : NETWORK;
const sessionIn = ({ stdout }: CliResult): string => JSON.parse(stdout).sessionId;

describe('a create request that is lost', () => {
  test.concurrent.each(ROWS)('$where, $howOften, while the list $listing', (row) =>
    onScene('PUT', row, async (scene) => {
      const first = await scene.run('vnc create', 'lossy');
      const isAsked = row.listing !== 'is lost too';
      expect(first.exitCode).toBe(isAsked ? exitCodeOf(row) : NETWORK);
      if (!isAsked) expect(scene.madeSessions()).toBe(0);
      if (first.exitCode === 0) expect(sessionIn(first)).toBe(scene.sessionId());
      const before = scene.sessionId();

      const second = await scene.run('vnc create', 'clean');
      expect(second.exitCode).toBe(0);
      expect(sessionIn(second)).toBe(before ?? scene.sessionId());
      expect(scene.madeSessions()).toBe(1);
    }),
  );
});

describe('a delete request that is lost', () => {
  test.concurrent.each(ROWS)('$where, $howOften, while the list $listing', (row) =>
    onScene('DELETE', row, async (scene) => {
      const made = sessionIn(await scene.run('vnc create', 'clean'));
      const first = await scene.run('vnc delete --yes', 'lossy');
      // A session that cannot be listed is not deleted.
      const isAsked = row.listing === 'is offered';
      expect(first.exitCode).toBe(isAsked ? exitCodeOf(row) : NETWORK);
      if (!isAsked) expect(scene.sessionId()).toBe(made);
      if (first.exitCode === 0) expect(scene.sessionId()).toBeUndefined();
      if (!isAsked) return;

      const isGone = scene.sessionId() === undefined;
      const second = await scene.run('vnc delete --yes', 'clean');
      expect(second.exitCode).toBe(isGone ? NOT_FOUND : 0);
      expect(scene.sessionId()).toBeUndefined();
      expect(scene.madeSessions()).toBe(1);
    }),
  );
});

test('there are twelve distinct points', () => {
  expect(new Set(LOSING_POINTS.map(({ title }) => title)).size).toBe(12);
  printCount('lost responses to a creation', ROWS.length);
});
