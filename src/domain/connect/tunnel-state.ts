import { DeskError, isDeskError, isFinalFailure } from '../../errors/desk-error.js';
import { formatEndpoint, type Route } from '../../model/endpoint.js';
import type { StatusMessage } from '../../model/status.js';

/**
 * Where a tunnel stands, from its first ssh to its end:
 * starting → sshAlive → greeted → inUse ⇄ idle → lost → waiting → waiting … → greeted … → closed.
 */
export type TunnelState = Constant & Standing;

interface Constant {
  readonly route: Route;
  /** How many clients the desktop talks to. */
  readonly clients: number;
  readonly losses: number;
  readonly trouble: Trouble | undefined;
}

type Standing =
  | { readonly phase: 'starting' | 'sshAlive' | 'inUse' | 'idle' }
  | { readonly phase: 'greeted'; readonly rfbVersion: string }
  | { readonly phase: 'lost'; readonly failure: DeskError }
  | { readonly phase: 'waiting'; readonly nextTryInMs: number }
  | { readonly phase: 'closed'; readonly failure: DeskError | undefined };

/** A loss and what was tried since. */
interface Trouble {
  /** Time awake since the loss, until `countedAtMs`. */
  readonly spentMs: number;
  readonly countedAtMs: number;
  readonly tries: number;
  readonly restoredAtMs: number | undefined;
}

/** `retry`: the first try is due. `refused`: a try has failed. `stopped`: the tunnel is no longer wanted. */
export type TunnelEvent =
  | { readonly kind: 'dialled' | 'joined' | 'left' | 'retry' | 'stopped' }
  | { readonly kind: 'greeted'; readonly rfbVersion: string }
  | { readonly kind: 'lost' | 'refused' | 'gone'; readonly failure: DeskError };

/** When something happens; `random` is uniform in [0, 1). */
export interface Moment {
  readonly nowMs: number;
  readonly random: number;
}

/** From a loss to giving up; time in which the machine sleeps does not count. */
const PATIENCE_MS = 5 * 60_000;
/** A try that seems to take longer was interrupted by a suspended machine or a clock that was set. */
const TRY_LIMIT_MS = 30_000;
const LAST_DELAY_MS = 15_000;
const DELAYS_MS = [1_000, 2_000, 4_000, 8_000];
/** What is lost again sooner was never whole: a server that greets and then drops us is not asked for ever. */
const STEADY_MS = 30_000;

export function initialState(route: Route): TunnelState {
  return { route, clients: 0, losses: 0, trouble: undefined, phase: 'starting' };
}

/** What becomes of a tunnel; an event that does not fit to where it stands changes nothing. */
export function reduce(state: TunnelState, event: TunnelEvent, moment: Moment): TunnelState {
  const { route, clients, losses, trouble, phase } = state;
  const constant = { route, clients, losses, trouble };
  if (phase === 'closed') return state;
  switch (event.kind) {
    case 'dialled':
      return phase === 'starting' ? { ...constant, phase: 'sshAlive' } : state;
    case 'greeted':
      if (phase === 'greeted' || phase === 'inUse' || phase === 'idle') return state;
      return { ...restore(constant, moment), phase: 'greeted', rfbVersion: event.rfbVersion };
    case 'joined':
      return { ...restore(constant, moment), clients: clients + 1, phase: 'inUse' };
    case 'left':
      return phase === 'inUse' && clients === 1
        ? { ...constant, clients: 0, phase: 'idle' }
        : { ...state, clients: clients - 1 };
    case 'lost':
      if (isDown(state)) return state;
      return { ...beginTrouble(constant, moment), phase: 'lost', failure: event.failure };
    case 'retry':
      return phase === 'lost'
        ? { ...constant, ...tryLater(state, state.failure, moment, 0) }
        : state;
    case 'refused':
      return phase === 'waiting'
        ? { ...constant, ...tryLater(state, event.failure, moment, state.nextTryInMs) }
        : state;
    case 'gone':
      return { ...constant, phase: 'closed', failure: event.failure };
    case 'stopped':
      return { ...constant, phase: 'closed', failure: undefined };
  }
}

/** What the step from one standing to the next means to the user, if anything. */
export function toProgress(
  before: TunnelState | undefined,
  state: TunnelState,
): StatusMessage | undefined {
  const isRetry = state.phase === 'waiting' && state.trouble?.tries !== before?.trouble?.tries;
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
        tries: state.trouble?.tries ?? 0,
        nextTryInMs: state.nextTryInMs,
      };
    case 'closed':
      return isDeskError(state.failure, 'session.notFound')
        ? { kind: 'sessionGone', name: state.failure.details.selector ?? '' }
        : undefined;
  }
}

/** Whether the link is cut, as far as anybody knows. */
export function isDown({ phase }: TunnelState): boolean {
  return phase === 'lost' || phase === 'waiting';
}

export function isClosed(state: TunnelState): state is TunnelState & { readonly phase: 'closed' } {
  return state.phase === 'closed';
}

function restore(state: Constant, { nowMs }: Moment): Constant {
  const { trouble } = state;
  return trouble === undefined || trouble.restoredAtMs !== undefined
    ? state
    : { ...state, trouble: { ...trouble, restoredAtMs: nowMs } };
}

/** A new trouble, or the old one that was never over. */
function beginTrouble(state: Constant, { nowMs }: Moment): Constant {
  const { trouble } = state;
  const isOver = nowMs - (trouble?.restoredAtMs ?? nowMs) >= STEADY_MS;
  const isNew = trouble === undefined || isOver;
  const restoredAtMs = undefined;
  return {
    ...state,
    losses: state.losses + 1,
    trouble: isNew
      ? { spentMs: 0, countedAtMs: nowMs, tries: 0, restoredAtMs }
      : { ...trouble, restoredAtMs },
  };
}

/**
 * The next try, or the end: when the failure is final, or the time over.
 *
 * @param waitedMs - How long the last try was waited for.
 */
function tryLater(
  { route, trouble }: Constant,
  failure: DeskError,
  { nowMs, random }: Moment,
  waitedMs: number,
): Partial<Constant> & Standing {
  if (isFinalFailure(failure)) return { phase: 'closed', failure };
  const { spentMs: spentBeforeMs = 0, countedAtMs = nowMs, tries = 0 } = trouble ?? {};
  const passedMs = Math.max(0, nowMs - countedAtMs);
  const spentMs = spentBeforeMs + Math.min(passedMs, waitedMs + TRY_LIMIT_MS);
  // Up to 40 % more, so that the clients of a login node that was restarted do not come back all at once.
  const nextTryInMs = Math.round((DELAYS_MS[tries] ?? LAST_DELAY_MS) * (1 + 0.4 * random));
  if (spentMs + nextTryInMs > PATIENCE_MS) {
    const details = { target: formatEndpoint(route.target), reason: reasonOf(failure) };
    return { phase: 'closed', failure: new DeskError('tunnel.lost', details, { cause: failure }) };
  }
  const next = { spentMs, countedAtMs: nowMs, tries: tries + 1, restoredAtMs: undefined };
  return { phase: 'waiting', nextTryInMs, trouble: next };
}

function reasonOf({ code, details }: DeskError): string {
  return 'reason' in details && details.reason !== '' ? details.reason : code;
}
