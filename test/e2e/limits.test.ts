import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { installCopy } from '../helpers/install-copy.js';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const PAIRS = 7;
const MAX_RSS_MIB = 70;
/** As on Windows, in cron and in most containers: what is read then to find the language counts too. */
const NO_LANGUAGE = { LANG: undefined, HPC_DESK_LANG: undefined };
const REPORT_MEMORY = `process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.RSS_FILE, String(process.resourceUsage().maxRSS / 1024));
});`;

let site: DeskHome;
let user: DeskHome;
let emptyProgram: string;
let program: string;
let reporter: string;

beforeAll(async () => {
  [site, user] = await Promise.all([openDeskHome(), openDeskHome()]);
  const { description } = await startSandboxIn(site, 'builtin');
  await logIn(user, description);
  // Of its own, because what V8 made is that of the first run, which elsewhere is any other test's.
  program = installCopy(join(user.folder, 'installed'));
  emptyProgram = join(user.folder, 'empty.cjs');
  writeFileSync(emptyProgram, '');
  reporter = join(user.folder, 'report-memory.cjs');
  writeFileSync(reporter, REPORT_MEMORY);
});

afterAll(() => Promise.all([site, user].map((home) => home?.close())));

/** The budgets of docs/performance.md for Node 20, and a quarter of each for the noise of a shared machine. */
test.each([
  ['--version', 1.1],
  ['--help', 1.45],
  ['__complete profiles -- whoami --profile', 1.45],
  ['whoami', 1.8],
  ['vnc create -o name', 2.3],
  ['vnc create', 2.3],
  ['--lang zh --help', 1.45],
  ['--lang zh whoami', 1.8],
  ['--lang zh vnc create', 2.3],
])('%s costs at most %f times as much as bare node, and a quarter', async (line, budget) => {
  const words = line.split(' ');
  // What V8 makes of the program is kept from the first run on.
  await elapsedMs(words);
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const bareMs = await elapsedMs([], emptyProgram);
    ratios.push((await elapsedMs(words)) / bareMs);
  }
  expect(median(ratios)).toBeLessThan(budget * 1.25);
});

test(`vnc create stays below ${MAX_RSS_MIB} MiB`, async () => {
  const file = join(user.folder, 'rss');
  const environment = { NODE_OPTIONS: `--require=${reporter}`, RSS_FILE: file };
  const { exitCode } = await user.run(['vnc', 'create'], { environment, program });
  expect(exitCode).toBe(0);
  const maxRssMib = Number(await readFile(file, 'utf8'));
  expect(maxRssMib).toBeGreaterThan(20);
  expect(maxRssMib).toBeLessThan(MAX_RSS_MIB);
});

/** The time on the wall, as the budgets mean it: nothing else of the tests runs meanwhile. */
async function elapsedMs(words: readonly string[], started = program): Promise<number> {
  const startedAt = performance.now();
  const result = await user.run(words, { environment: NO_LANGUAGE, program: started });
  const elapsed = performance.now() - startedAt;
  expect(result).toMatchObject({ exitCode: 0 });
  return elapsed;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
