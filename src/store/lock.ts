import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';
import { chooseWaitMs, countAhead, nameTicket, sweepTickets } from './lock-queue.js';
import { judgeOwner, type LockHost, nameOwner, pidOf } from './process-identity.js';

/** How long the lock of a process that we cannot see has to stand still before it counts as forgotten. */
const WATCH_MS = 20_000;

export interface Waiting {
  /** How long one holder on this machine may stand still, in milliseconds. */
  readonly patienceMs: number;
  /** How long to wait in all, while the lock goes from hand to hand, in milliseconds. */
  readonly limitMs: number;
  /** Ends the waiting; once it has aborted, no work begins. */
  readonly signal: AbortSignal;
}

/**
 * Does some work while no other process does any under the same lock; the lock is given back whatever happens.
 *
 * The lock is a folder that holds one file named after its owner. It is taken by renaming onto it a folder that
 * already holds the file, which fails while the lock holds any. It is given back, or taken from a process that is gone,
 * by removing that one file by its name: the file of a later owner has another name, so nobody can take away a fresh
 * lock by mistake, and there is no moment at which a lock has no owner.
 *
 * An owner on another machine can only be watched: for 20 s of our own waiting, since the clocks of file servers
 * differ.
 *
 * @param lock - The path of the folder; the one above it is there already.
 * @param work - Gets a way to ask whether the lock is still held: who was suspended for long may have lost it.
 * @throws store.locked, the file system's own errors, and an AbortError once the signal has aborted
 * @see rename(2): ENOTEMPTY or EEXIST when the new path is a folder that holds something.
 */
export async function withLock<Result>(
  lock: string,
  host: LockHost,
  waiting: Waiting,
  work: (isHeld: () => boolean) => Promise<Result> | Result,
): Promise<Result> {
  waiting.signal.throwIfAborted();
  const owner = nameOwner(host);
  const ticket = nameTicket(lock, owner);
  try {
    mkdirSync(ticket, { mode: 0o700 });
    writeFileSync(join(ticket, owner), '', { flag: 'wx', mode: 0o600 });
    await take(lock, ticket, host, waiting);
    ignoreErrors(() => sweepTickets(lock, host));
    waiting.signal.throwIfAborted();
    return await work(() => existsSync(join(lock, owner)));
  } finally {
    ignoreErrors(() => rmSync(ticket, { recursive: true, force: true }));
    give(lock, owner);
  }
}

async function take(
  lock: string,
  ticket: string,
  host: LockHost,
  { patienceMs, limitMs, signal }: Waiting,
): Promise<void> {
  const startedAtMs = host.now().getTime();
  let watch: Watch = { owner: undefined, sinceMs: startedAtMs, waitedMs: 0 };
  // Whoever comes late lets those go first who wait already.
  let isMyTurn = countAhead(lock, ticket) === 0;
  while (!(isMyTurn && tryRename(ticket, lock))) {
    const nowMs = host.now().getTime();
    const owner = readOwner(lock);
    if (owner !== watch.owner) watch = { owner, sinceMs: nowMs, waitedMs: 0 };
    const state = owner === undefined ? 'gone' : judgeOwner(owner, host);
    const isForgotten = state === 'unknown' && watch.waitedMs >= WATCH_MS;
    if (state === 'gone' || isForgotten) give(lock, owner);
    const isStill = state === 'alive' && nowMs - watch.sinceMs >= patienceMs;
    if (isStill || nowMs - startedAtMs >= limitMs) {
      const pid = state === 'alive' ? pidOf(owner) : undefined;
      throw new DeskError('store.locked', { path: lock, pid });
    }
    const waitMs = chooseWaitMs(countAhead(lock, ticket), watch.waitedMs, host.random());
    await host.sleep(waitMs, signal);
    watch = { ...watch, waitedMs: watch.waitedMs + waitMs };
    isMyTurn = true;
  }
}

/** One owner, seen again and again: since when, and how long we have waited for it. */
interface Watch {
  readonly owner: string | undefined;
  readonly sinceMs: number;
  readonly waitedMs: number;
}

/** Windows refuses with one of the last three; elsewhere they cannot come up, for the folder was just written to. */
const HELD = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY']);

function tryRename(prepared: string, lock: string): boolean {
  try {
    renameSync(prepared, lock);
    return true;
  } catch (error) {
    if (HELD.has((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function readOwner(lock: string): string | undefined {
  try {
    return readdirSync(lock)[0];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Windows cannot rename onto an empty folder, so the folder goes too; that fails, rightly, when a next owner is in.
 * What cannot be removed now is taken for left behind as soon as this process has ended.
 */
function give(lock: string, owner: string | undefined): void {
  if (owner !== undefined) ignoreErrors(() => unlinkSync(join(lock, owner)));
  ignoreErrors(() => rmdirSync(lock));
}
