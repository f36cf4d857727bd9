import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLockHost, nameOwner } from '../../src/store/process-identity.js';
import { IS_DEEP } from '../helpers/deep.js';
import { buildFixture, runFixture } from './fixture-program.js';
import { endedPid, machineOf, makeFolder, openStore, straysIn } from './test-store.js';

let writer: Awaited<ReturnType<typeof buildFixture>>;
let mix: Awaited<ReturnType<typeof buildFixture>>;
let folder: string;

beforeAll(async () => {
  writer = await buildFixture('store-writer');
  mix = await buildFixture('store-mix');
});
afterAll(() => {
  writer.remove();
  mix.remove();
});
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** How many times a process is killed. */
const KILLS = IS_DEEP ? 500 : 20;

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

describe('concurrent processes', () => {
  it('lose none of 8 × 10 logins, starting with the lock of an ended process', async () => {
    const owner = nameOwner({ ...createLockHost(machineOf()), pid: await endedPid() });
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', owner), '');
    await Promise.all(namesOf(8).map((name) => runFixture(writer.path, folder, name, '10', 'own')));
    expect(await openStore(folder).credentials.list()).toHaveLength(80);
    expect(straysIn(folder)).toEqual([]);
  });

  it.each([
    { processes: 2, changes: 50, repeats: 1 },
    { processes: 32, changes: 2, repeats: 1 },
    ...(IS_DEEP ? [{ processes: 8, changes: 50, repeats: 20 }] : []),
    ...(IS_DEEP ? [{ processes: 32, changes: 50, repeats: 20 }] : []),
  ])(
    'lose none of $processes × $changes changes, $repeats times',
    async ({ processes, changes, repeats }) => {
      const count = (name: string) =>
        runFixture(writer.path, folder, name, String(changes), 'count');
      for (let repeat = 1; repeat <= repeats; repeat++) {
        await Promise.all(namesOf(processes).map(count));
        const stored = JSON.parse(readFileSync(openStore(folder).settings.path, 'utf8'));
        expect(stored).toEqual({ count: processes * changes * repeat });
      }
      expect(straysIn(folder)).toEqual([]);
    },
    2_400_000,
  );

  it('log in, renew, list and log out in 8 × 10 rounds without errors or partial reads', async () => {
    await Promise.all(namesOf(8).map((name) => runFixture(mix.path, folder, name, '10')));
    expect(await openStore(folder).credentials.list()).toEqual([]);
    expect(straysIn(folder)).toEqual([]);
  });
});

describe('a process that is killed while it writes', () => {
  it(`leaves the old or the new login, ${KILLS} times, and at most one stray file, which the next write removes`, async () => {
    const names = namesOf(4);
    const saved = new Map<string, number>();
    const { credentials } = openStore(folder);
    for (let round = 0; round < KILLS / names.length; round++) {
      await Promise.all(names.map((name, index) => killAmidst(name, 1 + ((round + index) % 5))));
      for (const [name, count] of saved) {
        const token = (await credentials.load(name))?.token;
        expect([`${name}-${count}`, `${name}-${count + 1}`]).toContain(token);
      }
    }
    const halfWritten = straysIn(folder).filter((name) => name.includes('.next.json'));
    expect(halfWritten.length).toBeLessThanOrEqual(1);
    await credentials.remove('p0');
    expect(straysIn(folder)).toEqual([]);

    async function killAmidst(name: string, afterSaves: number): Promise<void> {
      const child = spawn(process.execPath, [writer.path, folder, name, '100000', 'same'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      createInterface(child.stdout).on('line', (line) => {
        saved.set(name, Number(line));
        if (Number(line) === afterSaves) child.kill('SIGKILL');
      });
      await once(child, 'close');
    }
  }, 2_400_000);
});
