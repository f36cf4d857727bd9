import { DeskError, isDeskError, isFinalFailure } from '../../errors/desk-error.js';
import { formatEndpoint, type Route } from '../../model/endpoint.js';
import type { StatusMessage } from '../../model/status.js';
import type { Clock } from '../../model/time.js';

/** starting → sshAlive → greeted → inUse ⇄ idle → lost → waiting (repeated) → greeted … → closed. */
export type TunnelState = Common & Phase;

interface Common {
  readonly route: Route;
  /** Number of clients connected to the desktop. */
  readonly clients: number;
  readonly losses: number;
  readonly retries: Retries | undefined;
}

type Phase =
  | { readonly phase: 'starting' | 'sshAlive' | 'inUse' | 'idle' }
  | { readonly phase: 'greeted'; readonly rfbVersion: string }
  | { readonly phase: 'lost'; readonly failure: DeskError }
  | { readonly phase: 'waiting'; readonly nextTryInMs: number }
  | { readonly phase: 'closed'; readonly failure: DeskError | undefined };

/** Retries since a loss. */
interface Retries {
  /** Time since the loss without suspension, up to `countedAtMs`. */
  readonly spentMs: number;
  readonly countedAtMs: number;
  readonly tries: number;
  readonly restoredAtMs: number | undefined;
}

/** `retry`: the first retry is due. `refused`: a retry has failed. `stopped`: closed by the user. */
export type TunnelEvent =
  | { readonly kind: 'dialled' | 'joined' | 'left' | 'retry' | 'stopped' }
  | { readonly kind: 'greeted'; readonly rfbVersion: string }
  | { readonly kind: 'lost' | 'refused' | 'gone'; readonly failure: DeskError };

/** Time of an event; `random` is uniform in [0, 1). */
export interface Moment {
  readonly nowMs: number;
  readonly random: number;
}

/** Time from a loss to giving up, not counting suspension of the machine. */
const RETRY_LIMIT_MS = 5 * 60_000;
/** Longer attempts mean that the machine was suspended or its clock was set. */
const ATTEMPT_LIMIT_MS = 30_000;
const LAST_DELAY_MS = 15_000;
const DELAYS_MS = [1_000, 2_000, 4_000, 8_000];
/** A connection lost again sooner continues the old retries: a server may greet and then disconnect forever. */
const STABLE_MS = 30_000;

export function initialState(route: Route): TunnelState {
  return { route, clients: 0, losses: 0, retries: undefined, phase: 'starting' };
}

/** Next state; ignores events that do not apply to the phase. */
export function reduce(state: TunnelState, event: TunnelEvent, moment: Moment): TunnelState {
  const { route, clients, losses, retries, phase } = state;
  const common = { route, clients, losses, retries };
  if (phase === 'closed') return state;
  switch (event.kind) {
    case 'dialled':
      return phase === 'starting' ? { ...common, phase: 'sshAlive' } : state;
    case 'greeted':
      if (phase === 'greeted' || phase === 'inUse' || phase === 'idle') return state;
      return { ...restore(common, moment), phase: 'greeted', rfbVersion: event.rfbVersion };
    case 'joined':
      return { ...restore(common, moment), clients: clients + 1, phase: 'inUse' };
    case 'left':
      return phase === 'inUse' && clients === 1
        ? { ...common, clients: 0, phase: 'idle' }
        : { ...state, clients: clients - 1 };
    case 'lost':
      if (isDown(state)) return state;
      return { ...startRetries(common, moment), phase: 'lost', failure: event.failure };
    case 'retry':
      return phase === 'lost'
        ? { ...common, ...scheduleRetry(state, state.failure, moment, 0) }
        : state;
    case 'refused':
      return phase === 'waiting'
        ? { ...common, ...scheduleRetry(state, event.failure, moment, state.nextTryInMs) }
        : state;
    case 'gone':
      return { ...common, phase: 'closed', failure: event.failure };
    case 'stopped':
      return { ...common, phase: 'closed', failure: undefined };
  }
}

/** Message to the user about a transition, if any. */
export function toProgress(
  before: TunnelState | undefined,
  state: TunnelState,
): StatusMessage | undefined {
  const isRetry = state.phase === 'waiting' && state.retries?.tries !== before?.retries?.tries;
  if (state.phase === before?.phase && !isRetry) return undefined;
  const { route } = state;
  const wasDown = before !== undefined && isDown(before);
  switch (state.phase) {
    case 'starting':
      return { kind: 'routing', route };
    case 'sshAlive':
      return route.kind === 'ssh' ? { kind: 'sshAlive' } : undefined;
    case 'greeted':
      return wasDown
        ? { kind: 'restored' }
        : { kind: 'greeted', target: route.target, rfbVersion: state.rfbVersion };
    case 'inUse':
      return { kind: wasDown ? 'restored' : 'inUse' };
    case 'idle':
      return { kind: 'idle' };
    case 'lost':
      return { kind: 'lost', reason: reasonOf(state.failure) };
    case 'waiting':
      return {
        kind: 'redialling',
        tries: state.retries?.tries ?? 0,
        nextTryInMs: state.nextTryInMs,
      };
    case 'closed':
      return isDeskError(state.failure, 'session.notFound')
        ? { kind: 'sessionGone', name: state.failure.details.selector ?? '' }
        : undefined;
  }
}

/** Whether the connection is known to be lost. */
export function isDown({ phase }: TunnelState): boolean {
  return phase === 'lost' || phase === 'waiting';
}

export function isClosed(state: TunnelState): state is TunnelState & { readonly phase: 'closed' } {
  return state.phase === 'closed';
}

function restore(state: Common, { nowMs }: Moment): Common {
  const { retries } = state;
  return retries === undefined || retries.restoredAtMs !== undefined
    ? state
    : { ...state, retries: { ...retries, restoredAtMs: nowMs } };
}

/** Starts counting retries, or continues after a short recovery. */
function startRetries(state: Common, { nowMs }: Moment): Common {
  const { retries } = state;
  const isOver = nowMs - (retries?.restoredAtMs ?? nowMs) >= STABLE_MS;
  const started = { spentMs: 0, countedAtMs: nowMs, tries: 0 };
  return {
    ...state,
    losses: state.losses + 1,
    retries: { ...started, ...(isOver ? undefined : retries), restoredAtMs: undefined },
  };
}

/**
 * Schedules the next retry, or closes after a final failure or the time limit.
 *
 * @param waitedMs - Delay before the last attempt.
 */
function scheduleRetry(
  { route, retries }: Common,
  failure: DeskError,
  { nowMs, random }: Moment,
  waitedMs: number,
): Partial<Common> & Phase {
  if (isFinalFailure(failure)) return { phase: 'closed', failure };
  const { spentMs: spentBeforeMs = 0, countedAtMs = nowMs, tries = 0 } = retries ?? {};
  const passedMs = Math.max(0, nowMs - countedAtMs);
  const spentMs = spentBeforeMs + Math.min(passedMs, waitedMs + ATTEMPT_LIMIT_MS);
  // Up to 40 % jitter, so that clients of a restarted login node do not reconnect at once.
  const nextTryInMs = Math.round((DELAYS_MS[tries] ?? LAST_DELAY_MS) * (1 + 0.4 * random));
  if (spentMs + nextTryInMs > RETRY_LIMIT_MS) {
    const details = { target: formatEndpoint(route.target), reason: reasonOf(failure) };
    return { phase: 'closed', failure: new DeskError('tunnel.lost', details, { cause: failure }) };
  }
  const next = { spentMs, countedAtMs: nowMs, tries: tries + 1, restoredAtMs: undefined };
  return { phase: 'waiting', nextTryInMs, retries: next };
}

function reasonOf({ code, details }: DeskError): string {
  return 'reason' in details && details.reason !== '' ? details.reason : code;
}

export interface TunnelStoreOptions extends Pick<Clock, 'now' | 'random'> {
  readonly route: Route;
  /** Called for each transition that concerns the user. */
  report(message: StatusMessage): void;
}

export type TunnelStore = ReturnType<typeof createTunnelStore>;

/** Holds a tunnel's state. */
export function createTunnelStore({ route, now, random, report }: TunnelStoreOptions) {
  let state = initialState(route);
  const subscribers = new Set<() => void>();
  reportFrom(undefined);

  function reportFrom(before: TunnelState | undefined): void {
    const message = toProgress(before, state);
    if (message !== undefined) report(message);
  }

  return {
    state: (): TunnelState => state,
    dispatch(event: TunnelEvent): void {
      const before = state;
      state = reduce(before, event, { nowMs: now().getTime(), random: random() });
      reportFrom(before);
      for (const notify of [...subscribers]) notify();
    },
    /** Resolves when the state matches; never rejects. */
    until: (matches: (state: TunnelState) => boolean) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!matches(state)) return;
          subscribers.delete(check);
          resolve();
        };
        subscribers.add(check);
        check();
      }),
  };
}
