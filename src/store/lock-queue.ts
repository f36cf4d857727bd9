import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { judgeOwner, type LockHost } from './process-identity.js';

const MAX_WAIT_MS = 250;

interface Ticket {
  readonly path: string;
  readonly number: number;
  readonly owner: string;
}

/** The name of a queue entry (a folder): `LOCK.NUMBER.OWNER`, numbered after all that wait. */
export function nameTicket(lock: string, owner: string): string {
  const last = Math.max(0, ...readTickets(lock).map(({ number }) => number));
  return `${lock}.${last + 1}.${owner}`;
}

/** How many entries are ahead; equal numbers are ordered by the rest of the name, so that all processes agree. */
export function countAhead(lock: string, ticket: string): number {
  const tickets = readTickets(lock).sort(compareTickets);
  return Math.max(
    0,
    tickets.findIndex(({ path }) => path === ticket),
  );
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

function readTickets(lock: string): Ticket[] {
  const start = `${basename(lock)}.`;
  return readdirSync(dirname(lock)).flatMap((name) => {
    const [, number, owner] = /^(\d+)\.(.+)$/.exec(name.slice(start.length)) ?? [];
    return owner === undefined || !name.startsWith(start)
      ? []
      : [{ path: `${lock}.${number}.${owner}`, number: Number(number), owner }];
  });
}

function compareTickets(one: Ticket, other: Ticket): number {
  return one.number - other.number || (one.path < other.path ? -1 : 1);
}
