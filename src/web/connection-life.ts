/** State of the connection. `reason` is an error code of the program. */
export type Life =
  | { readonly phase: 'opening' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'password'; readonly wasWrong: boolean }
  | { readonly phase: 'connected' }
  | { readonly phase: 'lost'; readonly reason: string | undefined; readonly retryAtMs: number }
  | { readonly phase: 'ended'; readonly reason: EndReason };

/** An error code of the program, or one of the page: `linkSpent`, `programGone`, `impostor`, `pageFull`, `unknownKey`, `unknownLogin`, `patience`. */
export type EndReason = string;

export interface Standing {
  readonly life: Life;
  /** Since when there has been no connection, and the attempts since. */
  readonly trouble: { readonly sinceMs: number; readonly tries: number } | undefined;
}

export type LifeEvent =
  | { readonly kind: 'dialled' | 'connected' | 'passwordNeeded' | 'passwordGiven' }
  | { readonly kind: 'passwordWrong' | 'linkSpent' | 'programGone' | 'impostor' }
  | { readonly kind: 'closed'; readonly reason: string | undefined; readonly nowMs: number };

export const BEGINNING: Standing = { life: { phase: 'opening' }, trouble: undefined };

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
export function nextStanding(standing: Standing, event: LifeEvent): Standing {
  const { life, trouble } = standing;
  switch (event.kind) {
    case 'dialled':
    case 'passwordGiven':
      return {
        life: { phase: 'connecting' },
        trouble: life.phase === 'ended' ? undefined : trouble,
      };
    case 'connected':
      return { life: { phase: 'connected' }, trouble: undefined };
    case 'passwordNeeded':
      return { life: { phase: 'password', wasWrong: false }, trouble };
    case 'passwordWrong':
      return { life: { phase: 'password', wasWrong: true }, trouble };
    case 'linkSpent':
    case 'programGone':
    case 'impostor':
      return { life: { phase: 'ended', reason: event.kind }, trouble };
    case 'closed':
      // After a wrong password the server closes the connection while the user enters another one.
      return life.phase === 'ended' || life.phase === 'lost' || isAsking(life)
        ? standing
        : afterClose(trouble, event);
  }
}

function isAsking(life: Life): boolean {
  return life.phase === 'password' && life.wasWrong;
}

function afterClose(
  trouble: Standing['trouble'],
  { reason, nowMs }: LifeEvent & { readonly kind: 'closed' },
): Standing {
  if (reason !== undefined && FINAL_REASONS.includes(reason)) {
    return { life: { phase: 'ended', reason }, trouble };
  }
  const { sinceMs = nowMs, tries = 0 } = trouble ?? {};
  const next = { sinceMs, tries: tries + 1 };
  const retryAtMs = nowMs + (DELAYS_MS[tries] ?? LAST_DELAY_MS);
  return retryAtMs - sinceMs > PATIENCE_MS
    ? { life: { phase: 'ended', reason: reason ?? 'patience' }, trouble: next }
    : { life: { phase: 'lost', reason, retryAtMs }, trouble: next };
}
