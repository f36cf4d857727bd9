import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const PAIRS = 7;
const MAX_RSS_MIB = 90;
const REPORT_RSS = `process.on('exit', () =>
  require('node:fs').writeFileSync(process.env.RSS_FILE, String(process.resourceUsage().maxRSS)));`;

let site: DeskHome;
let user: DeskHome;
let emptyProgram: string;

beforeAll(async () => {
  [site, user] = await Promise.all([openDeskHome(), openDeskHome()]);
  const { description } = await startSandboxIn(site, 'builtin');
  await logIn(user, description);
  emptyProgram = join(user.folder, 'empty.cjs');
  writeFileSync(emptyProgram, '');
});

afterAll(() => Promise.all([site, user].map((home) => home?.close())));

/** Room for the noise of a shared machine; `npm run bench` prints the true ratios. */
test.each([
  ['--version', 1.6],
  ['vnc create', 5],
])('%s takes at most %f times as long as bare node', async (line, limit) => {
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const bareMs = await elapsedMs([], emptyProgram);
    ratios.push((await elapsedMs(line.split(' '))) / bareMs);
  }
  expect(median(ratios)).toBeLessThan(limit);
});

test(`vnc create stays below ${MAX_RSS_MIB} MiB`, async () => {
  const reporter = join(user.folder, 'report-rss.cjs');
  const rssFile = join(user.folder, 'rss');
  writeFileSync(reporter, REPORT_RSS);
  await user.json(['vnc', 'create'], {
    environment: { NODE_OPTIONS: `--require=${reporter}`, RSS_FILE: rssFile },
  });
  const maxRssMib = Number(await readFile(rssFile, 'utf8')) / 1024;
  expect(maxRssMib).toBeGreaterThan(20);
  expect(maxRssMib).toBeLessThan(MAX_RSS_MIB);
});

async function elapsedMs(words: readonly string[], program?: string): Promise<number> {
  const startedAt = performance.now();
  const result = await user.run(words, program === undefined ? {} : { program });
  expect(result).toMatchObject({ exitCode: 0 });
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
