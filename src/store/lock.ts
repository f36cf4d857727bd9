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
import { basename, dirname, join } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';
import { judgeOwner, type LockHost, nameOwner, pidOf } from './process-identity.js';

/** After how long the lock of a process that cannot be checked (on another machine) counts as stale. */
const WATCH_MS = 20_000;

export interface Waiting {
  /** How long a single local holder may keep the lock, in milliseconds. */
  readonly patienceMs: number;
  /** How long to wait in total, over all holders, in milliseconds. */
  readonly limitMs: number;
  /** Aborts the wait; `work` does not start after that. */
  readonly signal: AbortSignal;
}

/**
 * Runs `work` under an exclusive inter-process lock, and always releases it.
 *
 * The lock is a folder that contains one file named after its owner. It is acquired by renaming a prepared folder onto it,
 * which fails unless the target is empty. It is released, or broken when its owner is gone, by unlinking that file by
 * name: a later owner's file has another name, so a fresh lock cannot be broken by mistake, and a lock always has an owner.
 *
 * An owner on another machine cannot be checked. Its lock is broken after 20 s of waiting, measured locally, because the
 * clocks of file servers differ.
 *
 * @param lock - Path of the folder; its parent exists.
 * @param work - Can check whether the lock is still held: a process that was suspended may have lost it.
 * @throws store.locked, file system errors, an AbortError once the signal has aborted
 * @see rename(2): ENOTEMPTY or EEXIST when the new path is a non-empty directory.
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
    await acquire(lock, ticket, host, waiting);
    ignoreErrors(() => sweepTickets(lock, host));
    waiting.signal.throwIfAborted();
    return await work(() => existsSync(join(lock, owner)));
  } finally {
    ignoreErrors(() => rmSync(ticket, { recursive: true, force: true }));
    release(lock, owner);
  }
}

async function acquire(
  lock: string,
  ticket: string,
  host: LockHost,
  { patienceMs, limitMs, signal }: Waiting,
): Promise<void> {
  const startedAtMs = host.now().getTime();
  // The current owner, when it was first seen and how long we have waited for it.
  let owner: string | undefined;
  let sinceMs = startedAtMs;
  let waitedMs = 0;
  // Waiting processes go first.
  let isMyTurn = countAhead(lock, ticket) === 0;
  while (!(isMyTurn && tryRename(ticket, lock))) {
    const nowMs = host.now().getTime();
    const ownerNow = readOwner(lock);
    if (ownerNow !== owner) [owner, sinceMs, waitedMs] = [ownerNow, nowMs, 0];
    const state = owner === undefined ? 'gone' : judgeOwner(owner, host);
    const isStale = state === 'unknown' && waitedMs >= WATCH_MS;
    if (state === 'gone' || isStale) release(lock, owner);
    const isStuck = state === 'alive' && nowMs - sinceMs >= patienceMs;
    if (isStuck || nowMs - startedAtMs >= limitMs) {
      const pid = state === 'alive' ? pidOf(owner) : undefined;
      throw new DeskError('store.locked', { path: lock, pid });
    }
    const waitMs = chooseWaitMs(countAhead(lock, ticket), waitedMs, host.random());
    await host.sleep(waitMs, signal);
    waitedMs += waitMs;
    isMyTurn = true;
  }
}

/** The last three occur on Windows only: elsewhere the folder was just written to. */
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
 * Also removes the folder, because Windows cannot rename onto an empty one; rmdir fails if the next owner has the lock
 * already. Anything left counts as stale once this process has ended.
 */
function release(lock: string, owner: string | undefined): void {
  if (owner !== undefined) ignoreErrors(() => unlinkSync(join(lock, owner)));
  ignoreErrors(() => rmdirSync(lock));
}

const MAX_WAIT_MS = 250;

/** The name of a queue entry (a folder): `LOCK.NUMBER.OWNER`, numbered after all that wait. */
export function nameTicket(lock: string, owner: string): string {
  const last = Math.max(0, ...readTickets(lock).map(({ number }) => number));
  return `${lock}.${last + 1}.${owner}`;
}

/** How many entries are ahead; equal numbers are ordered by the rest of the name, so that all processes agree. */
export function countAhead(lock: string, ticket: string): number {
  const tickets = readTickets(lock).sort(
    (one, other) => one.number - other.number || (one.path < other.path ? -1 : 1),
  );
  const ahead = tickets.findIndex(({ path }) => path === ticket);
  return Math.max(0, ahead);
}

/**
 * The backoff before the next attempt, in milliseconds, with jitter. It grows with the position in the queue, so that many
 * waiters neither slow the holder down nor starve, and with the time the current holder has held the lock.
 *
 * @param heldMs - How long we have waited for the current holder.
 */
export function chooseWaitMs(ahead: number, heldMs: number, random: number): number {
  return Math.min(MAX_WAIT_MS, (3 + 8 * ahead + heldMs / 4) * (0.5 + random));
}

/** Removes the entries of processes that ended while they waited. The caller holds the lock. */
export function sweepTickets(lock: string, host: LockHost): void {
  for (const { path, owner } of readTickets(lock)) {
    if (judgeOwner(owner, host) === 'gone') rmSync(path, { recursive: true, force: true });
  }
}

function readTickets(lock: string) {
  const start = `${basename(lock)}.`;
  return readdirSync(dirname(lock)).flatMap((name) => {
    const [, number, owner] = /^(\d+)\.(.+)$/.exec(name.slice(start.length)) ?? [];
    return owner === undefined || !name.startsWith(start)
      ? []
      : [{ path: `${lock}.${number}.${owner}`, number: Number(number), owner }];
  });
}
