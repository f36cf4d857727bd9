import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const PAIRS = 7;
const MAX_RSS_MIB = 70;
/** Processor time, which other programs on the machine change less than the time on the wall; `npm run bench` has both. */
const REPORT_COST = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cost = { cpuMs: (userCPUTime + systemCPUTime) / 1000, maxRssMib: maxRSS / 1024 };
  require('node:fs').writeFileSync(process.env.COST_FILE, JSON.stringify(cost));
});`;

let site: DeskHome;
let user: DeskHome;
let emptyProgram: string;
let reporter: string;

beforeAll(async () => {
  [site, user] = await Promise.all([openDeskHome(), openDeskHome()]);
  const { description } = await startSandboxIn(site, 'builtin');
  await logIn(user, description);
  emptyProgram = join(user.folder, 'empty.cjs');
  writeFileSync(emptyProgram, '');
  reporter = join(user.folder, 'report-cost.cjs');
  writeFileSync(reporter, REPORT_COST);
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
])('%s costs at most %f times as much as bare node, and a quarter', async (line, budget) => {
  const words = line.split(' ');
  // What V8 makes of the program is kept from the first run on.
  await costOf(words);
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const bare = await costOf([], emptyProgram);
    ratios.push((await costOf(words)).cpuMs / bare.cpuMs);
  }
  expect(median(ratios)).toBeLessThan(budget * 1.25);
});

test(`vnc create stays below ${MAX_RSS_MIB} MiB`, async () => {
  const { maxRssMib } = await costOf(['vnc', 'create']);
  expect(maxRssMib).toBeGreaterThan(20);
  expect(maxRssMib).toBeLessThan(MAX_RSS_MIB);
});

interface Cost {
  readonly cpuMs: number;
  readonly maxRssMib: number;
}

async function costOf(words: readonly string[], program?: string): Promise<Cost> {
  const file = join(user.folder, 'cost');
  const environment = { NODE_OPTIONS: `--require=${reporter}`, COST_FILE: file };
  const result = await user.run(words, {
    environment,
    ...(program !== undefined && { program }),
  });
  expect(result).toMatchObject({ exitCode: 0 });
  return JSON.parse(await readFile(file, 'utf8'));
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
