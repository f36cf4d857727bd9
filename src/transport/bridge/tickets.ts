import { randomBytes } from 'node:crypto';
import type { PageKeys } from '../../model/page.js';
import { idOf } from '../../model/page-handshake.js';

/** The secrets of one bridge, each 256 random bits as base64url. */
export interface Tickets {
  /** A secret for a link, good once and for `LINK_LIFE_MS`. */
  issueLink(): string;
  /** The secret with that ID while it is good. */
  find(id: string): string | undefined;
  /**
   * Lets in a page that has proved that it knows the secret with that ID, and spends that of a link: new keys for a page
   * that is loaded, null for one that connects again; undefined when the secret is no longer good.
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

/** @param nowMs - A clock that never goes back. */
export function createTickets(nowMs: () => number): Tickets {
  const tickets = new Map<string, Ticket>();

  function issue(use: Ticket['use'], endsAtMs = Number.POSITIVE_INFINITY): string {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    tickets.set(idOf(secret), { secret, use, endsAtMs });
    return secret;
  }

  function look(id: string): Ticket | undefined {
    const ticket = tickets.get(id);
    if (ticket === undefined || nowMs() < ticket.endsAtMs) return ticket;
    tickets.delete(id);
    return undefined;
  }

  return {
    issueLink: () => issue('link', nowMs() + LINK_LIFE_MS),
    find: (id) => look(id)?.secret,
    admit(id) {
      const use = look(id)?.use;
      if (use === 'link') tickets.delete(id);
      if (use === undefined || use === 'reconnect') return use && null;
      return { reconnect: issue('reconnect'), reload: issue('reload') };
    },
  };
}
