import type { PlatformReply } from '../../errors/desk-error.js';
import type { ReadyConnection } from '../../model/session.js';
import type { StatusMessage } from '../../model/status.js';
import type { Tunnel, TunnelFailure, TunnelState } from '../../store/tunnel-records.js';
import { takeOnly } from '../take-only.js';

/** Background tunnels on this machine. */
export interface Tunnels {
  /** Oldest first, including those that failed within a day. */
  list(): Promise<readonly Tunnel[]>;
  /** Terminates a tunnel's process and waits until it and its record are gone. */
  stop(tunnel: Tunnel): Promise<void>;
  /**
   * Runs this command line in the background and resolves when the desktop has answered. On abort or failure before
   * that, nothing is left running.
   *
   * @throws the background process's failure; tunnel.notStarted
   */
  start(): Promise<ReadyConnection>;
  /** Set in the process started by `start`. */
  readonly background: BackgroundTunnel | undefined;
}

/** Interface for the background process. */
export interface BackgroundTunnel {
  /**
   * Opens the only tunnel for a session and route, records it until it closes, and reports it to the parent. If one is
   * already running, returns that one without calling `open`.
   */
  serve(key: TunnelKey, open: () => Promise<OpenTunnel>): Promise<OpenTunnel | ReadyConnection>;
  /** Records a change of the connection. */
  note(message: StatusMessage): void;
}

/** Sent once by the background process to its parent. */
export type BackgroundMessage =
  | { readonly ready: ReadyConnection }
  | { readonly failure: TunnelFailure; readonly platform: PlatformReply | undefined };

export type TunnelKey = Pick<ReadyConnection, 'sessionId' | 'route' | 'via'>;

export interface OpenTunnel {
  readonly ready: ReadyConnection;
  readonly closed: Promise<void>;
  onPrinted?(): Promise<void>;
}

export function isSameTunnel(one: TunnelKey, other: TunnelKey): boolean {
  return one.sessionId === other.sessionId && one.route === other.route && one.via === other.via;
}

/** State to record after a message that changes it. */
export const STATE_AFTER: { readonly [Kind in StatusMessage['kind']]?: TunnelState } = {
  lost: 'reconnecting',
  redialling: 'reconnecting',
  restored: 'connected',
  inUse: 'connected',
  idle: 'connected',
};

/**
 * Finds a tunnel by its ID, its session ID or a prefix of either.
 *
 * @param selector - undefined selects the only tunnel.
 * @throws tunnel.notFound, tunnel.ambiguous
 */
export function selectTunnel(tunnels: readonly Tunnel[], selector: string | undefined): Tunnel {
  const isMatch = ({ id, sessionId }: Tunnel) =>
    selector === undefined ||
    (selector !== '' && [id, sessionId].some((name) => name.startsWith(selector)));
  const names = tunnels.flatMap(({ id, sessionId }) => [id, sessionId]);
  return takeOnly('tunnel', selector, tunnels.filter(isMatch), names, ({ id }) => id);
}
