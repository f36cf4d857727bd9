import { randomBytes } from 'node:crypto';
import { DEFAULT_CLOCK, formatZonedTime, nextSweepAt } from '../model/time.js';
import type { Desktop, DesktopOptions, StartDesktop } from './desktop.js';

export interface SessionsOptions extends Omit<DesktopOptions, 'signal' | 'onClientsChanged'> {
  readonly now: () => Date;
  readonly user: string;
  /** How long a session must be without clients to be swept, in milliseconds. */
  readonly idleMs: number;
  readonly startDesktop: StartDesktop;
}

interface Running {
  readonly session: DeskSession;
  readonly desktop: Desktop;
  readonly use: { clients: number; idleSince: Date };
}

const HOSTNAME = 'gv101';
const DAY_MS = 24 * 3_600_000;

export type Sessions = ReturnType<typeof createSessions>;

/** The session of the sandbox's only user, its desktop, and the nightly sweep; the caller closes it. */
export function createSessions(options: SessionsOptions) {
  const { now, idleMs, startDesktop } = options;
  const closing = new AbortController();
  let running: Running | undefined;
  let starting: Promise<DeskSession | undefined> | undefined;
  let sweepDueAt = nextSweepAt(now(), DEFAULT_CLOCK);

  async function start(): Promise<DeskSession> {
    const use = { clients: 0, idleSince: now() };
    const desktop = await startDesktop({
      ...options,
      signal: closing.signal,
      onClientsChanged: (clients) => Object.assign(use, { clients, idleSince: now() }),
    });
    const started = { session: describeSession(options, desktop.display), desktop, use };
    running = started;
    void desktop.closed.then(() => {
      if (running === started) running = undefined;
    });
    return started.session;
  }

  async function end(): Promise<void> {
    const ended = running;
    running = undefined;
    await ended?.desktop.close();
  }

  return {
    /** The existing session or a new one; undefined when the desktop did not start. */
    async create() {
      if (running !== undefined) return running.session;
      // Like the platform, report only that it failed.
      starting ??= start()
        .catch(() => undefined)
        .finally(() => {
          starting = undefined;
        });
      return starting;
    },
    list: () => (running === undefined ? [] : [running.session]),
    /** Ends the session's desktop; false if there is no such session. */
    async remove(sessionId: string) {
      if (running?.session.sessionId !== sessionId) return false;
      await end();
      return true;
    },
    /** Ends the session if the platform's sweep hour has passed since the last call and it was idle then. */
    async sweep() {
      if (now() < sweepDueAt) return;
      sweepDueAt = nextSweepAt(now(), DEFAULT_CLOCK);
      if (running === undefined || running.use.clients > 0) return;
      const idleForMs = sweepDueAt.getTime() - DAY_MS - running.use.idleSince.getTime();
      if (idleForMs >= idleMs) await end();
    },
    /** Ends the desktop, also one being started. */
    async close() {
      closing.abort();
      await starting;
      await end();
    },
  };
}

export type DeskSession = ReturnType<typeof describeSession>;

/** A session in the platform's format (API page `vnc-create`): all values are strings, `length` is the height. */
function describeSession({ now, user, widthPx, heightPx }: SessionsOptions, display: number) {
  return {
    id: randomBytes(16).toString('hex'),
    createDate: formatZonedTime(now(), DEFAULT_CLOCK.timeZone).slice(0, 19).replace('T', ' '),
    hostname: HOSTNAME,
    ip: '127.0.0.1',
    name: `${HOSTNAME}:${display}`,
    sid: String(display),
    user,
    jobs: 'SIG',
    width: String(widthPx),
    length: String(heightPx),
    sessionId: `${HOSTNAME}--${user}--SIG--${display}`,
  };
}
