import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildFixture } from '../store/fixture-program.js';
import { COMMANDS, cellsOf, type LockCells, memoryFor, NOW, STATES } from './lock-cells.js';

/** A process that acquires the lock once. */
export interface Plan {
  /** Which of two machines it runs on; they cannot see each other's processes. */
  readonly machine: 0 | 1;
  /** The number of the file system call before which it is killed; 0 for never. */
  readonly killedAt: number;
}

interface User extends Plan {
  readonly pid: number;
  readonly cells: LockCells;
  calls: number;
  hasEnded: boolean;
}

export interface LockSimulation {
  /**
   * Runs processes that use one lock on real files, one file system call at a time: first in the order of `choices`,
   * then to completion.
   *
   * @throws when two hold the lock at once, when one that is not killed does not get it, or when files are left behind.
   */
  run(plans: readonly Plan[], choices: readonly number[]): void;
  close(): Promise<void>;
}

const MAX_STEPS = 50_000;

/** Starts the threads; the caller closes them. @param count - The maximum number of processes at once. */
export async function openLockSimulation(count: number): Promise<LockSimulation> {
  const program = await buildFixture('lock-user');
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-lock-'));
  // One more, to acquire the lock after the others.
  const memory = memoryFor(count + 1);
  const workers = Array.from({ length: count + 1 }, (_, place) => {
    const workerData = { memory, index: place + 1, lock: join(folder, 'lock') };
    return new Worker(program.path, { workerData });
  });
  // Each stops before its first call.
  for (const place of workers.keys()) cellsOf(memory, place + 1).untilStopped();

  function begin(plan: Plan, pid: number): User {
    const cells = cellsOf(memory, pid);
    Object.assign(cells, {
      machine: plan.machine,
      isAlive: 1,
      hasFailed: 0,
      command: COMMANDS.goOn,
    });
    return { ...plan, pid, cells, calls: 0, hasEnded: false };
  }

  function step(user: User): void {
    const { cells, pid } = user;
    if (cells.state === STATES.atCall && user.calls === user.killedAt) {
      Object.assign(cells, { isAlive: 0, command: COMMANDS.die });
    }
    if (cells.state === STATES.asleep) passTime(cells.sleepMs);
    cells.takeTurn();
    if (cells.state === STATES.atCall) user.calls += 1;
    user.hasEnded = cells.state === STATES.ended;
    if (!user.hasEnded) return;
    cells.isAlive = 0;
    if (cells.hasFailed === 1) throw new Error(`${pid} did not get in`);
  }

  function passTime(ms: number): void {
    Atomics.add(new Int32Array(memory), NOW, Math.ceil(ms));
  }

  function finish(users: readonly User[]): void {
    for (let steps = 0; users.some(({ hasEnded }) => !hasEnded); steps += 1) {
      if (steps > MAX_STEPS) throw new Error('the lock is never free again');
      for (const user of users.filter(({ hasEnded }) => !hasEnded)) {
        step(user);
        checkInside(users);
      }
    }
  }

  return {
    run(plans, choices) {
      const users = plans.map((plan, place) => begin(plan, place + 1));
      try {
        for (const choice of choices) {
          const able = users.filter(({ hasEnded }) => !hasEnded);
          const chosen = able[choice % Math.max(1, able.length)];
          if (chosen !== undefined) step(chosen);
          checkInside(users);
        }
      } finally {
        finish(users);
      }
      finish([begin({ machine: 0, killedAt: 0 }, count + 1)]);
      // A killed process on another machine cannot be detected; its queue ticket is harmless.
      const strays = readdirSync(folder).filter((name) => !/^lock\.\d+\.\d+_\d+_b_/.test(name));
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      if (strays.length > 0) throw new Error(`left behind: ${strays}`);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
      program.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Exclusion holds per machine: a lock of another machine may be broken as stale, which its owner can detect. */
function checkInside(users: readonly User[]): void {
  const inside = users.filter(({ cells, hasEnded }) => !hasEnded && cells.state === STATES.inside);
  for (const machine of [0, 1]) {
    const pids = inside.filter((user) => user.machine === machine).map(({ pid }) => pid);
    if (pids.length > 1) throw new Error(`${pids} are inside at once`);
  }
}
