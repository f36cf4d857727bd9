import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleSource } from '../helpers/bundle-source.js';
import { eventually } from '../helpers/eventually.js';
import { startScriptedDesktop } from '../helpers/scripted-desktop.js';
import { startScriptedServer } from '../helpers/scripted-server.js';
import { FAMILIES, type HttpCase, type Peer, SIZE } from './http-cases.js';
import { call, type Ending, OPERATIONS, type Operation } from './http-parts.js';

/** For cases that end by their deadline; the others end long before theirs. */
const SHORT_MS = 700;
const LONG_MS = 10_000;
const GRACE_MS = 2_000;
const MAX_RSS_KIB = 160 * 1024;

// Names that no resolver knows: only the proxy could reach them, and the proxy is a script on 127.0.0.1.
const BEHIND: Readonly<Record<Exclude<Peer, 'platform'>, string>> = {
  HTTP_PROXY: 'http://hpc.example.invalid',
  HTTPS_PROXY: 'https://hpc.example.invalid',
  ALL_PROXY: 'https://hpc.example.invalid',
};

const operations = Object.keys(OPERATIONS) as Operation[];

describe.each(Object.entries(FAMILIES))('%s', (_family, cases) => {
  test.concurrent.each(cases)('$title ($peer)', async (row) => {
    await Promise.all(operations.map((operation) => expectEnding(row, operation)));
  });
});

async function expectEnding(row: HttpCase, operation: Operation): Promise<void> {
  const server = await start(row);
  try {
    const results = resultsOf(row, operation);
    const timeoutMs = results.includes('network.timeout') ? SHORT_MS : LONG_MS;
    const [url, environment] = addressOf(row, server);
    const { result, elapsedMs } = await call(operation, url, timeoutMs, environment);
    expect(results, operation).toContain(result);
    expect(elapsedMs, operation).toBeLessThan(timeoutMs + GRACE_MS);
    // Whatever happened, nothing of ours stays.
    await eventually(() => server.openConnections() === 0, { withinMs: GRACE_MS });
  } finally {
    await server.close();
  }
}

/**
 * Calls every URL in every way, and tells each ending and the peak so far. A command makes one call: what the calls
 * before have left is cleared away.
 */
const PROGRAM = `
  import { call } from '../test/hostile/http-parts.js';
  for (const [operation, url] of JSON.parse(process.argv[2])) {
    gc();
    const ending = await call(operation, url, ${LONG_MS}).catch((error) => ({ result: String(error) }));
    console.log(JSON.stringify({ ...ending, peakKib: process.resourceUsage().maxRSS }));
  }
`;

describe('a platform that sends much', () => {
  const endings: (Ending & { peakKib: number })[] = [];
  const rows = SIZE.flatMap((row) => operations.map((operation) => ({ ...row, operation })));
  const servers: Server[] = [];
  let folder: string;
  let child: ChildProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'http-'));
    const program = await bundleSource(PROGRAM, folder);
    for (const row of SIZE) servers.push(await start(row));
    const calls = SIZE.flatMap((_, index) =>
      operations.map((operation) => [operation, servers[index]?.origin]),
    );
    child = spawn(process.execPath, ['--expose-gc', program, JSON.stringify(calls)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // For what blocks its event loop, and so outlives every deadline.
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => endings.push(JSON.parse(line)));
    await once(lines, 'close');
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  });

  test.each(rows.map((row, index) => ({ ...row, index })))('$title: $operation', (row) => {
    const ending = endings[row.index];
    expect(resultsOf(row, row.operation)).toContain(ending?.result);
    expect(ending?.elapsedMs).toBeLessThan(LONG_MS + GRACE_MS);
  });

  test('takes no more than 160 MiB of us', () => {
    expect(endings).toHaveLength(rows.length);
    const index = endings.findIndex(({ peakKib }) => peakKib > MAX_RSS_KIB);
    expect(rows[index]?.title).toBeUndefined();
  });
});

interface Server {
  readonly origin: string;
  openConnections(): number;
  close(): Promise<void>;
}

async function start({ script }: HttpCase): Promise<Server> {
  if ('onRequest' in script) return startScriptedServer(script.onRequest);
  const desktop = await startScriptedDesktop(script.onConnection);
  return Object.assign(desktop, { origin: `http://127.0.0.1:${desktop.target.port}` });
}

function resultsOf({ outcome }: HttpCase, operation: Operation): readonly string[] {
  return 'create' in outcome ? outcome[operation] : outcome;
}

function addressOf(
  { peer }: HttpCase,
  { origin }: Server,
): [url: string, environment: Record<string, string>] {
  if (peer === 'platform') return [origin, {}];
  const proxy = peer === 'ALL_PROXY' ? origin.replace('http', 'socks5') : origin;
  return [BEHIND[peer], { [peer]: proxy }];
}
