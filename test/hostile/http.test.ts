import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundleSource } from '../helpers/bundle-source.js';
import { eventually } from '../helpers/eventually.js';
import { printCount } from '../helpers/print-count.js';
import { call, type Ending, type Operation } from './http-call.js';
import { type HttpCase, type Result, resultsOf } from './http-case.js';
import { FAMILIES } from './http-cases.js';
import { type OpenPeer, openPeer } from './http-peer.js';
import { SIZE } from './http-size-cases.js';

// Most of the time is spent waiting for deadlines.
vi.setConfig({ maxConcurrency: 12 });

/** For cases that time out; all others end well before their limit. */
const SHORT_MS = 700;
const LONG_MS = 60_000;
const MAX_RSS_KIB = 160 * 1024;

// Modules loaded by the first call must not count towards the time of a case.
beforeAll(async () => {
  await call('list', 'http://127.0.0.1:9', LONG_MS);
});

describe.each(Object.entries(FAMILIES))('%s', (_family, cases) => {
  test.concurrent.each(cases)('$title ($peer)', async (row) => {
    await Promise.all(resultsOf(row).map(([name, results]) => expectEnding(row, name, results)));
  });
});

test('the catalogue has at least 140 cases, without duplicate titles', () => {
  for (const cases of [...Object.values(FAMILIES), SIZE]) {
    const names = cases.map(({ title, peer }) => `${title} (${peer})`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
  const count = [...Object.values(FAMILIES), SIZE].flat().length;
  printCount('hostile HTTP servers', count);
  expect(count).toBeGreaterThanOrEqual(140);
});

async function expectEnding(
  row: HttpCase,
  operation: Operation,
  results: readonly Result[],
): Promise<void> {
  const peer = await openPeer(row);
  try {
    const timeoutMs = results.includes('network.timeout') ? SHORT_MS : LONG_MS;
    const { environment } = peer;
    const { result } = await call(operation, peer.url, timeoutMs, { environment });
    expect(results, operation).toContain(result);
    // No connection stays open, whatever the outcome.
    await eventually(() => peer.openConnections() === 0);
  } finally {
    await peer.close();
  }
}

/**
 * Makes every call, and prints each result and the peak memory so far. A command makes only one call, so the garbage of
 * earlier calls is collected first.
 */
const PROGRAM = `
  import { readFileSync } from 'node:fs';
  import { call } from '../test/hostile/http-call.js';
  // Not maxRSS of getrusage(2), which counts the process that forked this one.
  const peakKib = () => process.platform === 'linux'
    ? Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
    : process.resourceUsage().maxRSS;
  for (const [operation, url] of JSON.parse(process.argv[2])) {
    gc();
    const { result } =
      await call(operation, url, ${LONG_MS}).catch((error) => ({ result: String(error) }));
    console.log(JSON.stringify({ result, peakKib: peakKib() }));
  }
`;

describe('a platform that sends too much', () => {
  const endings: (Ending & { peakKib: number })[] = [];
  const rows = SIZE.flatMap((row, index) =>
    resultsOf(row).map(([operation, results]) => ({ ...row, index, operation, results })),
  );
  let peers: OpenPeer[] = [];
  let folder: string;
  let child: ChildProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'http-'));
    const program = await bundleSource(PROGRAM, folder);
    peers = await Promise.all(SIZE.map(openPeer));
    const calls = rows.map(({ operation, index }) => [operation, peers[index]?.url]);
    child = spawn(process.execPath, ['--expose-gc', program, JSON.stringify(calls)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => endings.push(JSON.parse(line)));
    await once(lines, 'close');
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await Promise.all(peers.map((peer) => peer.close()));
    await rm(folder, { recursive: true, force: true });
  });

  test.each(rows.map((row, place) => ({ ...row, place })))('$title: $operation', (row) => {
    const ending = endings[row.place];
    expect(row.results).toContain(ending?.result);
  });

  test('needs at most 160 MiB of memory', () => {
    expect(endings).toHaveLength(rows.length);
    const index = endings.findIndex(({ peakKib }) => peakKib > MAX_RSS_KIB);
    expect(rows[index]?.title).toBeUndefined();
  });
});
