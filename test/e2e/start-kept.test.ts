import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IpAddress, Port } from '../../src/model/endpoint.js';
import { installCopy } from '../helpers/install-copy.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { startPlatformOf } from '../helpers/start-platform-of.js';

let user: DeskHome;
let dist: string;
let program: string;

beforeEach(async () => {
  user = await openDeskHome();
  program = installCopy(join(user.folder, 'installed'));
  dist = join(user.folder, 'installed/dist');
});

afterEach(() => user.close());

function keptFiles(): string[] {
  return readdirSync(dist).filter((name) => name.includes('.cache'));
}

async function help(): Promise<string> {
  const { exitCode, stdout, stderr } = await user.run(['--help'], { program });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

test('what V8 made of the program is kept beside it, once, and nothing else is left', async () => {
  const first = await help();
  const kept = keptFiles();
  expect(kept).toContainEqual(expect.stringMatching(/^main\.js-\w{16}-v[\d.]+-\w+-help\.cache$/));
  const before = kept.map((name) => readFileSync(join(dist, name)));
  expect(await help()).toBe(first);
  expect(keptFiles()).toEqual(kept);
  expect(kept.map((name) => readFileSync(join(dist, name)))).toEqual(before);
});

test('a page of help, a session and everything else keep what they use apart from each other', async () => {
  await help();
  const { length } = keptFiles();
  await user.run(['vnc', 'show', '-h'], { program });
  expect(keptFiles()).toHaveLength(length);
  await user.run(['vnc', 'list'], { program });
  await user.run(['whoami'], { program });
  const kinds = keptFiles().flatMap((name) => /^main\.js.*-(\w+)\.cache$/.exec(name)?.[1] ?? []);
  expect(kinds.toSorted()).toEqual(['help', 'other', 'vnc']);
});

test('what a command that asks the platform has kept is good for the next one', async () => {
  const platform = await startPlatformOf({ host: '127.0.0.1' as IpAddress, port: 5999 as Port });
  await logIn(user, { apiUrl: platform.apiUrl, token: 'kept' });
  const list = () => user.json(['vnc', 'list'], { program });
  await list();
  const kept = keptFiles();
  const before = kept.map((name) => readFileSync(join(dist, name)));
  expect(kept.length).toBeGreaterThan(2);
  // Whoever rewrites a file puts another in its place.
  const places = () => keptFiles().map((name) => statSync(join(dist, name)).ino);
  const placesBefore = places();
  await list();
  expect(places()).toEqual(placesBefore);
  expect(kept.map((name) => readFileSync(join(dist, name)))).toEqual(before);
  await platform.close();
});

test.each([
  ['is empty', () => Buffer.alloc(0)],
  ['is cut short', (good: Buffer) => good.subarray(0, good.length / 3)],
  ['is of odd length', (good: Buffer) => good.subarray(1)],
  ['is all zeros', (good: Buffer) => Buffer.alloc(good.length)],
  ['has another byte', (good: Buffer) => Buffer.from(good).fill(0xff, 5_000, 5_001)],
])('a kept file that %s is not used, and is made anew', async (_, damage) => {
  const first = await help();
  const kept = join(dist, keptFiles().find((name) => name.startsWith('main.js')) ?? '');
  const bad = damage(readFileSync(kept));
  writeFileSync(kept, bad);
  expect(await help()).toBe(first);
  expect(readFileSync(kept).equals(bad)).toBe(false);
});

test('a kept file that V8 refuses, as one of other flags, is made anew', async () => {
  const first = await help();
  const kept = join(dist, keptFiles().find((name) => name.startsWith('main.js')) ?? '');
  const part = readFileSync(kept).subarray(0, 4_000);
  const refused = Buffer.concat([part, part]);
  writeFileSync(kept, refused);
  expect(await help()).toBe(first);
  expect(readFileSync(kept).equals(refused)).toBe(false);
});

test('where nothing can be kept, the program runs as before and leaves nothing', async () => {
  const first = await help();
  for (const name of keptFiles()) {
    rmSync(join(dist, name));
    mkdirSync(join(dist, name));
  }
  const before = keptFiles();
  expect(await help()).toBe(first);
  expect(keptFiles()).toEqual(before);
});

test('sixteen at once, the first of a new installation, all run', async () => {
  const outputs = await Promise.all(Array.from({ length: 16 }, help));
  expect(new Set(outputs).size).toBe(1);
  expect(keptFiles().filter((name) => !name.endsWith('.cache'))).toEqual([]);
});
