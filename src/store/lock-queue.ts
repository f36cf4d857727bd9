import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { judgeOwner, type LockHost } from './process-identity.js';

const MAX_WAIT_MS = 250;

interface Ticket {
  readonly path: string;
  readonly number: number;
  readonly owner: string;
}

/** Names the folder with which an owner stands in the queue: `LOCK.NUMBER.OWNER`, one number above all that wait. */
export function nameTicket(lock: string, owner: string): string {
  const last = Math.max(0, ...readTickets(lock).map(({ number }) => number));
  return `${lock}.${last + 1}.${owner}`;
}

/** How many came before; an equal number is decided by the rest of the name, for all alike. */
export function countAhead(lock: string, ticket: string): number {
  const tickets = readTickets(lock).sort(compareTickets);
  return Math.max(
    0,
    tickets.findIndex(({ path }) => path === ticket),
  );
}

/**
 * How long to wait before the next try, in milliseconds. Who is next in line asks often and who is far behind seldom:
 * thirty-two processes that all ask often leave the holder no time to work, and some of them starve. One holder that
 * takes long waits for the network, and is asked ever less often.
 *
 * @param heldMs - How long we have waited for the one that holds the lock now.
 */
export function chooseWaitMs(ahead: number, heldMs: number, random: number): number {
  return Math.min(MAX_WAIT_MS, (3 + 8 * ahead + heldMs / 4) * (0.5 + random));
}

/** Removes the tickets of processes that ended while they stood in the queue. Call it with the lock held. */
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
