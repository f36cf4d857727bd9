import { CLOSE_CODES } from '../model/page.js';
import { visible } from '../model/sanitize.js';

/**
 * State of the connection. `reason` is an error code of the program or, at the end, one of the page: `linkSpent`,
 * `programGone`, `impostor`, `pageFull`, `unknownKey`, `unknownLogin`, `patience`.
 */
export type ConnectionState =
  | { readonly phase: 'opening' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'password'; readonly wasWrong: boolean }
  | { readonly phase: 'connected' }
  | { readonly phase: 'lost'; readonly reason: string | undefined; readonly retryAtMs: number }
  | { readonly phase: 'ended'; readonly reason: string };

export interface PageState {
  readonly connection: ConnectionState;
  /** Since when there has been no connection, and the attempts since. */
  readonly outage: { readonly sinceMs: number; readonly tries: number } | undefined;
}

export type ConnectionEvent =
  | { readonly kind: 'dialled' | 'connected' | 'passwordNeeded' | 'passwordGiven' }
  | { readonly kind: 'passwordWrong' | 'linkSpent' | 'programGone' | 'impostor' }
  | { readonly kind: 'closed'; readonly reason: string | undefined; readonly nowMs: number };

export const INITIAL: PageState = { connection: { phase: 'opening' }, outage: undefined };

const DELAYS_MS = [1_000, 2_000, 4_000, 8_000];
const LAST_DELAY_MS = 15_000;
const PATIENCE_MS = 5 * 60_000;

/** Reasons that a retry cannot fix; servers lock out clients after too many attempts. */
const FINAL_REASONS = [
  'ssh.hostKey',
  'ssh.authFailed',
  'ssh.missing',
  'rfb.notRfb',
  'rfb.lockedOut',
  'pageFull',
  'unknownKey',
  'unknownLogin',
  'session.notFound',
];

/** The reducer; an event that does not apply to the current state is ignored. */
export function reduce(state: PageState, event: ConnectionEvent): PageState {
  const { connection, outage } = state;
  switch (event.kind) {
    case 'dialled':
    case 'passwordGiven':
      return {
        connection: { phase: 'connecting' },
        outage: connection.phase === 'ended' ? undefined : outage,
      };
    case 'connected':
      return { connection: { phase: 'connected' }, outage: undefined };
    case 'passwordNeeded':
      return { connection: { phase: 'password', wasWrong: false }, outage };
    case 'passwordWrong':
      return { connection: { phase: 'password', wasWrong: true }, outage };
    case 'linkSpent':
    case 'programGone':
    case 'impostor':
      return { connection: { phase: 'ended', reason: event.kind }, outage };
    case 'closed': {
      const isOver = connection.phase === 'ended' || connection.phase === 'lost';
      // After a wrong password the server closes the connection while the user enters another one.
      const isAsking = connection.phase === 'password' && connection.wasWrong;
      return isOver || isAsking ? state : afterClose(outage, event);
    }
  }
}

function afterClose(
  outage: PageState['outage'],
  { reason, nowMs }: ConnectionEvent & { readonly kind: 'closed' },
): PageState {
  if (reason !== undefined && FINAL_REASONS.includes(reason)) {
    return { connection: { phase: 'ended', reason }, outage };
  }
  const { sinceMs = nowMs, tries = 0 } = outage ?? {};
  const next = { sinceMs, tries: tries + 1 };
  const retryAtMs = nowMs + (DELAYS_MS[tries] ?? LAST_DELAY_MS);
  return retryAtMs - sinceMs > PATIENCE_MS
    ? { connection: { phase: 'ended', reason: reason ?? 'patience' }, outage: next }
    : { connection: { phase: 'lost', reason, retryAtMs }, outage: next };
}

/** Converts a close event. */
export function eventOf(
  { code, reason }: { readonly code: number; readonly reason: string },
  nowMs: number,
): ConnectionEvent {
  if (code === CLOSE_CODES.goingAway) return { kind: 'programGone' };
  if (code === CLOSE_CODES.unknownSecret) return { kind: 'linkSpent' };
  if (code === CLOSE_CODES.full) return { kind: 'closed', reason: 'pageFull', nowMs };
  const shown = code === CLOSE_CODES.failed && reason !== '' ? visible(reason) : undefined;
  return { kind: 'closed', reason: shown, nowMs };
}
