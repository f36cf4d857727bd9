import type { Desk, DeskSession } from './desk.js';
import type { Desktop, StartDesktop } from './desktop.js';

export interface SessionKeeperOptions {
  readonly desk: Desk;
  readonly startDesktop: StartDesktop;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly vncPassword: string | undefined;
}

/** Keeps the session table and the running desktops in sync; the caller closes it. */
export interface SessionKeeper {
  /** `full`: all nodes are full; `fault`: the desktop did not start. */
  create(user: string): Promise<DeskSession | 'full' | 'fault'>;
  list(user: string): readonly DeskSession[];
  /** Ends a session's desktop; false if the user has no such session. */
  remove(user: string, sessionId: string): Promise<boolean>;
  /** Runs the nightly sweep if it is due. */
  sweep(): Promise<void>;
  /** Ends all desktops, including those being started. */
  close(): Promise<void>;
}

export function createSessionKeeper(options: SessionKeeperOptions): SessionKeeper {
  const { desk, startDesktop, ...settings } = options;
  const desktops = new Map<string, Desktop>();
  const starting = new Map<string, Promise<DeskSession | 'fault'>>();
  const closing = new AbortController();

  const start = async (user: string): Promise<DeskSession | 'fault'> => {
    let sessionId = '';
    let clients = 0;
    const desktop = await startDesktop({
      ...settings,
      signal: closing.signal,
      onClientsChanged(count) {
        clients = count;
        desk.noteClients(sessionId, clients);
      },
    });
    const session = desk.add(user, desktop);
    sessionId = session.sessionId;
    desktops.set(sessionId, desktop);
    desk.noteClients(sessionId, clients);
    void desktop.closed.then(() => {
      desktops.delete(sessionId);
      desk.remove(user, sessionId);
    });
    return session;
  };

  const endDesktop = async (sessionId: string) => {
    await desktops.get(sessionId)?.close();
  };

  return {
    async create(user) {
      const existing = desk.find(user) ?? starting.get(user);
      if (existing !== undefined) return existing;
      if (!desk.hasRoom(starting.size)) return 'full';
      // Like the platform, report the code only.
      const promise = start(user)
        .catch(() => 'fault' as const)
        .finally(() => starting.delete(user));
      starting.set(user, promise);
      return promise;
    },
    list(user) {
      const session = desk.find(user);
      return session === undefined ? [] : [session];
    },
    async remove(user, sessionId) {
      if (desk.remove(user, sessionId) === undefined) return false;
      await endDesktop(sessionId);
      return true;
    },
    async sweep() {
      await Promise.all(desk.sweep().map(({ sessionId }) => endDesktop(sessionId)));
    },
    async close() {
      closing.abort();
      await Promise.all(starting.values());
      await Promise.all([...desktops.values()].map((desktop) => desktop.close()));
    },
  };
}
