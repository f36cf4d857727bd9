import { randomBytes } from 'node:crypto';
import type { PageKeys } from '../../model/page.js';
import { idOf } from '../../model/page-handshake.js';

/** The secrets of a bridge: 256 random bits each, in base64url. */
export interface Tickets {
  /** A single-use secret, valid for `LINK_LIFE_MS`. */
  issueLink(): string;
  /** The secret with that ID while it is valid. */
  find(id: string): string | undefined;
  /**
   * Admits a page that has proved knowledge of the secret with that ID, and invalidates a link's secret. Returns new keys
   * for a loaded page, null for a reconnect, undefined when the secret is no longer valid.
   */
  admit(id: string): PageKeys | null | undefined;
}

export const LINK_LIFE_MS = 60_000;

const SECRET_BYTES = 32;

interface Ticket {
  readonly secret: string;
  readonly use: 'link' | keyof PageKeys;
  readonly endsAtMs: number;
}

/** @param nowMs - A monotonic clock. */
export function createTickets(nowMs: () => number): Tickets {
  const tickets = new Map<string, Ticket>();

  function issue(use: Ticket['use'], endsAtMs = Number.POSITIVE_INFINITY): string {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    tickets.set(idOf(secret), { secret, use, endsAtMs });
    return secret;
  }

  function findValid(id: string): Ticket | undefined {
    const ticket = tickets.get(id);
    if (ticket === undefined || nowMs() < ticket.endsAtMs) return ticket;
    tickets.delete(id);
    return undefined;
  }

  return {
    issueLink: () => issue('link', nowMs() + LINK_LIFE_MS),
    find: (id) => findValid(id)?.secret,
    admit(id) {
      const use = findValid(id)?.use;
      if (use === 'link') tickets.delete(id);
      if (use === undefined || use === 'reconnect') return use && null;
      return { reconnect: issue('reconnect'), reload: issue('reload') };
    },
  };
}
