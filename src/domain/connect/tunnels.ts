import { DeskError, type PlatformReply } from '../../errors/desk-error.js';
import { nearestWord } from '../../model/nearest-word.js';
import type { ReadyConnection } from '../../model/session.js';
import type { StatusMessage } from '../../model/status.js';
import type { Tunnel, TunnelFailure, TunnelState } from '../../store/tunnel-records.js';

/** The tunnels that run in the background on this machine. */
export interface Tunnels {
  /** Oldest first; those that failed in the last day too. */
  list(): Promise<readonly Tunnel[]>;
  /** Ends the process of a tunnel and waits until it is gone, and its record with it. */
  stop(tunnel: Tunnel): Promise<void>;
  /**
   * Runs this very command line in the background and resolves once the desktop has answered. When the signal aborts or
   * the command fails before that, nothing is left running.
   *
   * @throws what the background process fails with; tunnel.notStarted
   */
  start(): Promise<ReadyConnection>;
  /** Set in the process that `start` has started. */
  readonly background: BackgroundTunnel | undefined;
}

/** The background process's side of it. */
export interface BackgroundTunnel {
  /**
   * Opens the one tunnel of a session and route, records it until it closes, and reports it to the process that waits.
   * Where one runs already, that one is the answer and `open` is not called.
   */
  serve(key: TunnelKey, open: () => Promise<OpenTunnel>): Promise<OpenTunnel | ReadyConnection>;
  /** Records what becomes of the connection. */
  note(message: StatusMessage): void;
}

/** What the background process sends, once, to the one that has started it. */
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

/** What a message about the connection means for its record, if anything. */
export function tunnelStateAfter({ kind }: StatusMessage): TunnelState | undefined {
  switch (kind) {
    case 'lost':
    case 'redialling':
      return 'reconnecting';
    case 'restored':
    case 'inUse':
    case 'idle':
      return 'connected';
    default:
      return undefined;
  }
}

/**
 * Finds the tunnel that a selector means: an id, a session ID, or the start of one.
 *
 * @param selector - undefined: the only tunnel.
 * @throws tunnel.notFound, tunnel.ambiguous
 */
export function selectTunnel(tunnels: readonly Tunnel[], selector: string | undefined): Tunnel {
  const isMeant = ({ id, sessionId }: Tunnel) =>
    selector === undefined ||
    (selector !== '' && [id, sessionId].some((name) => name.startsWith(selector)));
  const [tunnel, ...others] = tunnels.filter(isMeant);
  if (tunnel === undefined) {
    const names = tunnels.flatMap(({ id, sessionId }) => [id, sessionId]);
    const suggestion = selector && nearestWord(selector, names);
    throw new DeskError('tunnel.notFound', { selector, suggestion });
  }
  if (others.length > 0) {
    const matches = [tunnel, ...others].map(({ id }) => id);
    throw new DeskError('tunnel.ambiguous', { selector, matches });
  }
  return tunnel;
}
