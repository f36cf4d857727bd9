import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nameTicket, withLock } from '../../src/store/lock.js';
import { createLockHost, type LockHost, nameOwner } from '../../src/store/process-identity.js';
import { letFail, replaceCall } from './replace-call.js';
import { endedPid, machineOf, makeFolder, straysIn, UNLIMITED } from './test-store.js';

const STARTED_AT_MS = Date.parse('2026-11-24T12:00:00Z');

let folder: string;
let lock: string;
let waitedMs: number;
let onSleep: () => void;
let here: LockHost;

beforeEach(() => {
  folder = makeFolder();
  lock = join(folder, 'lock');
  waitedMs = 0;
  onSleep = () => {};
  here = createLockHost({
    ...machineOf(),
    random: () => 0.5,
    now: () => new Date(STARTED_AT_MS + waitedMs),
    sleep: async (ms) => {
      waitedMs += ms;
      onSleep();
    },
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const underLock = <Result>(
  host: LockHost,
  work: (isHeld: () => boolean) => Promise<Result> | Result,
): Promise<Result> =>
  withLock(lock, host, { patienceMs: 10_000, limitMs: 60_000, signal: UNLIMITED.signal }, work);

const elsewhere = (): LockHost => ({ ...here, machine: 'ffffffffffffffff' });

/** Creates a lock that is held by the process of that host. */
function plant(host: LockHost): string {
  const owner = nameOwner(host);
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, owner), '');
  return owner;
}

describe('a lock', () => {
  it('is held by one at a time, in order of arrival', async () => {
    const real = createLockHost(machineOf());
    const steps: string[] = [];
    const enter = (name: string) =>
      underLock(real, async () => {
        steps.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${name} out`);
      });
    await Promise.all(['a', 'b', 'c'].map(enter));
    expect(steps).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    expect(straysIn(folder)).toEqual([]);
  });

  it('is released after an error', async () => {
    await expect(underLock(here, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(straysIn(folder)).toEqual([]);
  });

  it('of a running process is waited for and then reported', async () => {
    plant(here);
    await expect(underLock(here, () => 1)).rejects.toMatchObject({
      code: 'store.locked',
      details: { path: lock, pid: process.pid },
    });
    expect(waitedMs).toBeGreaterThanOrEqual(10_000);
    expect(waitedMs).toBeLessThan(10_300);
    expect(straysIn(folder)).toEqual(['lock']);
  });

  it('is waited for up to patienceMs', async () => {
    plant(here);
    const waiting = { patienceMs: 90_000, limitMs: 100_000, signal: UNLIMITED.signal };
    await expect(withLock(lock, here, waiting, () => 1)).rejects.toMatchObject({
      code: 'store.locked',
    });
    expect(waitedMs).toBeGreaterThanOrEqual(90_000);
    expect(waitedMs).toBeLessThan(90_300);
  });

  it('is no longer waited for after an abort, and the ticket is removed', async () => {
    plant(here);
    const abort = new AbortController();
    const sleep = (ms: number, signal: AbortSignal) => {
      abort.abort();
      return machineOf().sleep(ms, signal);
    };
    const real = createLockHost({ ...machineOf(), sleep });
    const waiting = { patienceMs: 60_000, limitMs: 60_000, signal: abort.signal };
    await expect(withLock(lock, real, waiting, () => 1)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(straysIn(folder)).toEqual(['lock']);
  });

  it('does not run the work when it is acquired after an abort', async () => {
    const abort = new AbortController();
    const owner = plant(here);
    onSleep = () => {
      rmSync(join(lock, owner), { force: true });
      abort.abort();
    };
    const waiting = { patienceMs: 60_000, limitMs: 60_000, signal: abort.signal };
    const work = vi.fn();
    await expect(withLock(lock, here, waiting, work)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(withLock(lock, here, waiting, work)).rejects.toMatchObject({ name: 'AbortError' });
    expect(work).not.toHaveBeenCalled();
    expect(straysIn(folder)).toEqual([]);
  });

  it.each([
    ['this', () => here],
    ['another', elsewhere],
  ])('of %s machine is not waited for beyond the limit', async (_title, host) => {
    plant(host());
    const waiting = { patienceMs: 500, limitMs: 500, signal: UNLIMITED.signal };
    await expect(withLock(lock, here, waiting, () => 1)).rejects.toMatchObject({
      code: 'store.locked',
    });
    expect(waitedMs).toBeLessThan(1000);
  });

  it('is acquired as soon as it is released', async () => {
    const owner = plant(here);
    onSleep = () => {
      if (waitedMs > 500) rmSync(join(lock, owner), { force: true });
    };
    expect(await underLock(here, () => 'done')).toBe('done');
    expect(waitedMs).toBeLessThan(1000);
  });

  it('of an ended process is taken over at once', async () => {
    plant({ ...here, pid: await endedPid() });
    expect(await underLock(here, () => 'done')).toBe('done');
    expect(waitedMs).toBeLessThan(50);
    expect(straysIn(folder)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'of an earlier process with the same pid is taken over at once',
    async () => {
      plant({ ...here, startOf: () => '1' });
      expect(await underLock(here, () => 'done')).toBe('done');
      expect(waitedMs).toBeLessThan(50);
    },
  );

  it('of another machine is taken over after 20 s without a change of owner', async () => {
    plant(elsewhere());
    expect(await underLock(here, () => 'done')).toBe('done');
    expect(waitedMs).toBeGreaterThanOrEqual(20_000);
    expect(waitedMs).toBeLessThan(20_300);
  });

  it.each([
    ['this', () => here],
    ['another', elsewhere],
  ])(
    'of %s machine is waited for up to the limit while its owner keeps changing',
    async (_title, host) => {
      let owner = plant(host());
      let nextMs = 1000;
      onSleep = () => {
        if (waitedMs < nextMs) return;
        nextMs += 1000;
        rmSync(join(lock, owner));
        owner = plant(host());
      };
      await expect(underLock(here, () => 1)).rejects.toMatchObject({
        code: 'store.locked',
      });
      expect(waitedMs).toBeGreaterThanOrEqual(60_000);
      expect(waitedMs).toBeLessThan(62_000);
      expect(readdirSync(lock)).toEqual([owner]);
    },
  );

  it('with an unknown owner name is also taken over after 20 s', async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, '.nfs0001'), '');
    expect(await underLock(here, () => 'done')).toBe('done');
    expect(waitedMs).toBeGreaterThanOrEqual(20_000);
  });

  it('that is an empty folder is free', async () => {
    mkdirSync(lock);
    expect(await underLock(here, () => 'done')).toBe('done');
    expect(waitedMs).toBe(0);
  });

  it('that is an empty folder is free even where rename cannot replace a folder, as on Windows', async () => {
    mkdirSync(lock);
    const undo = replaceCall('renameSync', (real) => (...args) => {
      if (!existsSync(lock)) return real(...args);
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
    });
    expect(await underLock(here, () => 'done')).toBe('done');
    undo();
    expect(waitedMs).toBe(3);
  });

  it('reports to its holder that it was lost', async () => {
    const answers = await underLock(here, (isHeld) => {
      const before = isHeld();
      rmSync(lock, { recursive: true });
      plant(elsewhere());
      return [before, isHeld()];
    });
    expect(answers).toEqual([true, false]);
    // The former holder does not release the lock of the new one.
    expect(readdirSync(lock)).toHaveLength(1);
  });

  it('is taken over by only one of the waiters that found its owner gone', async () => {
    plant({ ...here, pid: await endedPid() });
    const real = createLockHost(machineOf());
    let inside = 0;
    const most: number[] = [];
    const enter = () =>
      underLock(real, async () => {
        most.push(++inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
      });
    await Promise.all(Array.from({ length: 10 }, enter));
    expect(most).toEqual(Array(10).fill(1));
  });

  it('has modes 0700 and 0600', async () => {
    const modes = await underLock(here, () =>
      [lock, join(lock, readdirSync(lock)[0] ?? '')].map((path) => statSync(path).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o600]);
  });

  it('that is free is left briefly to an earlier ticket', async () => {
    mkdirSync(nameTicket(lock, nameOwner(here)));
    expect(await underLock(here, () => 'done')).toBe('done');
    expect(waitedMs).toBeGreaterThan(0);
    expect(waitedMs).toBeLessThan(50);
  });

  it.each(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY'])(
    'is retried when rename fails with %s because it is held',
    async (code) => {
      const undo = letFail('renameSync', [code]);
      expect(await underLock(here, () => 'done')).toBe('done');
      undo();
      expect(waitedMs).toBe(3);
    },
  );

  it('fails at once when rename fails for another reason', async () => {
    const undo = letFail('renameSync', ['EIO']);
    await expect(underLock(here, () => 1)).rejects.toMatchObject({ code: 'EIO' });
    undo();
    expect([waitedMs, straysIn(folder)]).toEqual([0, []]);
  });

  it('fails at once when its owner cannot be read', async () => {
    mkdirSync(nameTicket(lock, nameOwner(here)));
    writeFileSync(lock, '');
    await expect(underLock(here, () => 1)).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(waitedMs).toBe(0);
  });
});
