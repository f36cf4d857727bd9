import type { Session } from '../model/session.js';

/** The HPC platform as the rest of the program sees it: one method for each thing a user can do with a session. */
export interface Platform {
  /** Where requests go: scheme, host and port. */
  readonly origin: string;

  /** The platform's time, by its last answer. */
  now(): Date;

  /** The next nightly sweep of idle sessions, by the platform's time. */
  nextSweepAt(): Date;

  /**
   * Creates the user's one session, or returns the one that exists (API page `vnc-create`).
   *
   * @throws platform.busy when every node is full; platform.refused, platform.fault, platform.rateLimited,
   * auth.expired, network.*, unsafe.value otherwise.
   */
  createSession(): Promise<Session>;

  /** Lists the user's sessions (API page `vnc-list`). The response is not documented: it is read liberally. */
  listSessions(): Promise<readonly Session[]>;

  /** Deletes a session (API page `vnc-delete`); code 815010 means that it was already gone. */
  deleteSession(sessionId: string): Promise<'deleted' | 'alreadyGone'>;

  /**
   * The platform's own web page of a session (API page `vnc-launchurl`): a secret, http or https.
   *
   * @throws session.notFound for code 815010; unsafe.value; usage.plainHttp; network.unusableAnswer when there is no one URL.
   */
  readLaunchUrl(sessionId: string): Promise<string>;

  /**
   * The names of the cluster's schedulers (API page `cluster`): the harmless question that shows whether URL and token
   * are right.
   */
  readSchedulers(): Promise<readonly string[]>;

  /** Closes idle connections; whoever made the platform closes it. */
  close(): Promise<void>;
}
