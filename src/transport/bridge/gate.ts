import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { DESKTOP_PATH, idOf, type PageKeys, RFB_SUBPROTOCOL } from '../../model/page.js';

/** The parts of a request that are checked; raw headers, so that duplicates are detected. */
export type RequestFacts = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>;

/**
 * Whether a request for a file has our Host, against DNS rebinding. Compared as a string, because parsing Host has led to
 * bypasses (Node's inspector: CVE-2018-7160 and three more).
 *
 * @param host - `127.0.0.1:PORT`
 */
export function isFileRequest(request: RequestFacts, host: string): boolean {
  return request.method === 'GET' && only(request, 'host') === host;
}

/** Whether a WebSocket upgrade (RFC 6455 §4.2.1) comes from our page; authentication follows (`model/page.ts`). */
export function isDesktopUpgrade(request: RequestFacts, host: string): boolean {
  return (
    request.method === 'GET' &&
    request.url === DESKTOP_PATH &&
    // Host protects against DNS rebinding, Origin against cross-site requests.
    only(request, 'host') === host &&
    only(request, 'origin') === `http://${host}` &&
    only(request, 'sec-websocket-version') === '13' &&
    only(request, 'upgrade')?.toLowerCase() === 'websocket' &&
    /^[+/\dA-Za-z]{22}==$/.test(only(request, 'sec-websocket-key') ?? '') &&
    only(request, 'sec-websocket-protocol') === RFB_SUBPROTOCOL
  );
}

/** The value of a header that occurs exactly once. */
function only({ rawHeaders }: RequestFacts, name: string): string | undefined {
  const values = rawHeaders.filter(
    (_, place) => place % 2 === 1 && rawHeaders[place - 1]?.toLowerCase() === name,
  );
  return values.length === 1 ? values[0] : undefined;
}

export const LINK_LIFE_MS = 60_000;

const SECRET_BYTES = 32;

interface Ticket {
  readonly secret: string;
  readonly use: 'link' | keyof PageKeys;
  readonly endsAtMs: number;
}

/** The secrets of a bridge: 256 random bits each, in base64url. @param nowMs - A monotonic clock. */
export function createTickets(nowMs: () => number) {
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
    /** A single-use secret, valid for `LINK_LIFE_MS`. */
    issueLink: () => issue('link', nowMs() + LINK_LIFE_MS),
    /** The secret with that ID while it is valid. */
    find: (id: string) => findValid(id)?.secret,
    /**
     * Admits a page that has proved knowledge of the secret with that ID, and invalidates a link's secret. Returns new keys
     * for a loaded page, null for a reconnect, undefined when the secret is no longer valid.
     */
    admit(id: string): PageKeys | null | undefined {
      const use = findValid(id)?.use;
      if (use === 'link') tickets.delete(id);
      if (use === undefined || use === 'reconnect') return use && null;
      return { reconnect: issue('reconnect'), reload: issue('reload') };
    },
  };
}

export type Tickets = ReturnType<typeof createTickets>;
