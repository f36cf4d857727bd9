import { DEFAULT_CLOCK, formatZonedTime, nextSweepAt } from '../model/time.js';
import type { Desktop } from './desktop.js';

/** A session in the platform's format (API page `vnc-create`): all values are strings, `length` is the height. */
export interface DeskSession {
  readonly id: string;
  readonly createDate: string;
  readonly hostname: string;
  readonly ip: string;
  readonly name: string;
  readonly sid: string;
  readonly user: string;
  readonly jobs: string;
  readonly width: string;
  readonly length: string;
  readonly sessionId: string;
}

export interface DeskOptions {
  readonly now: () => Date;
  /** Graphics nodes and their session limits. */
  readonly nodes: readonly { readonly hostname: string; readonly slots: number }[];
  /** How long a session must be without clients to be swept, in milliseconds. */
  readonly idleMs: number;
  /** A new primary key of 32 hexadecimal digits. */
  readonly newId: () => string;
}

/** The platform's session table: one session per user, limited node capacity, nightly sweep. */
export interface Desk {
  find(user: string): DeskSession | undefined;
  /** Whether a node has a free slot in addition to those of `promised` starting desktops. */
  hasRoom(promised: number): boolean;
  /** Registers a desktop; returns the user's existing session if there is one. */
  add(user: string, desktop: Screen): DeskSession;
  /** Removes a session of this user; undefined if it does not exist. */
  remove(user: string, sessionId: string): DeskSession | undefined;
  noteClients(sessionId: string, count: number): void;
  /** Removes and returns the idle sessions, if the platform's sweep hour has passed since the last call. */
  sweep(): readonly DeskSession[];
}

export type Screen = Pick<Desktop, 'display' | 'widthPx' | 'heightPx'>;

interface Entry {
  readonly session: DeskSession;
  clients: number;
  idleSince: Date;
}

const DAY_MS = 24 * 3_600_000;

/** `add` throws RangeError when all nodes are full: check `hasRoom` first. */
export function createDesk({ now, nodes, idleMs, newId }: DeskOptions): Desk {
  const entries = new Map<string, Entry>();
  let sweepDueAt = nextSweepAt(now(), DEFAULT_CLOCK);

  const slotsInAll = nodes.reduce((sum, { slots }) => sum + slots, 0);
  const find = (user: string) => entries.get(user)?.session;
  const findNode = () => nodes.find(({ hostname, slots }) => countOn(hostname) < slots);
  const countOn = (hostname: string) =>
    [...entries.values()].filter(({ session }) => session.hostname === hostname).length;

  return {
    find,
    hasRoom: (promised) => entries.size + promised < slotsInAll,
    add(user, screen) {
      const existing = find(user);
      if (existing !== undefined) return existing;
      const node = findNode();
      if (node === undefined) throw new RangeError('every node is full');
      const session = describeSession(user, node.hostname, screen, now(), newId());
      entries.set(user, { session, clients: 0, idleSince: now() });
      return session;
    },
    remove(user, sessionId) {
      const session = find(user);
      if (session?.sessionId !== sessionId) return undefined;
      entries.delete(user);
      return session;
    },
    noteClients(sessionId, count) {
      const entry = [...entries.values()].find(({ session }) => session.sessionId === sessionId);
      if (entry !== undefined) Object.assign(entry, { clients: count, idleSince: now() });
    },
    sweep() {
      if (now() < sweepDueAt) return [];
      sweepDueAt = nextSweepAt(now(), DEFAULT_CLOCK);
      const sweptAtMs = sweepDueAt.getTime() - DAY_MS;
      const swept = [...entries.values()].filter(
        ({ clients, idleSince }) => clients === 0 && sweptAtMs - idleSince.getTime() >= idleMs,
      );
      for (const { session } of swept) entries.delete(session.user);
      return swept.map(({ session }) => session);
    },
  };
}

function describeSession(
  user: string,
  hostname: string,
  { display, widthPx, heightPx }: Screen,
  createdAt: Date,
  id: string,
): DeskSession {
  return {
    id,
    createDate: formatZonedTime(createdAt, DEFAULT_CLOCK.timeZone).slice(0, 19).replace('T', ' '),
    hostname,
    ip: '127.0.0.1',
    name: `${hostname}:${display}`,
    sid: String(display),
    user,
    jobs: 'SIG',
    width: String(widthPx),
    length: String(heightPx),
    sessionId: `${hostname}--${user}--SIG--${display}`,
  };
}
