import type { Session } from '../model/session.js';

/** The HPC platform, as other modules see it. The creator closes it. */
export interface Platform {
  /** Scheme, host and port that requests go to. */
  readonly origin: string;

  now(): Date;

  /** The next nightly sweep of idle sessions, by the platform's time. */
  nextSweepAt(): Date;

  /**
   * Creates the user's only session, or returns the existing one (API page `vnc-create`).
   *
   * @throws platform.busy when all nodes are full; platform.refused, platform.fault, platform.rateLimited,
   * auth.expired, network.*, unsafe.value otherwise.
   */
  createSession(): Promise<Session>;

  /** Lists the user's sessions (API page `vnc-list`). The response is undocumented and parsed leniently. */
  listSessions(): Promise<readonly Session[]>;

  /** Deletes a session (API page `vnc-delete`); code 815010 means that it no longer exists. */
  deleteSession(sessionId: string): Promise<'deleted' | 'alreadyGone'>;

  /**
   * URL of the platform's own web page for a session (API page `vnc-launchurl`): a secret, http or https.
   *
   * @throws session.notFound for code 815010; unsafe.value; usage.plainHttp; network.unusableAnswer unless the response
   * has exactly one URL.
   */
  readLaunchUrl(sessionId: string): Promise<string>;

  /** Names of the cluster's schedulers (API page `cluster`): a read-only request that verifies URL and token. */
  readSchedulers(): Promise<readonly string[]>;

  close(): Promise<void>;
}
