/** Where the page stands on its way to the desktop. `reason` is an error code of the program. */
export type Life =
  | { readonly phase: 'opening' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'password'; readonly wasWrong: boolean }
  | { readonly phase: 'connected' }
  | { readonly phase: 'lost'; readonly reason: string | undefined; readonly retryAtMs: number }
  | { readonly phase: 'ended'; readonly reason: EndReason };

/** An error code of the program, or what only the page can know: `linkSpent`, `programGone`, `impostor`, `pageFull`, `unknownKey`, `unknownLogin`, `patience`. */
export type EndReason = string;

export interface Standing {
  readonly life: Life;
  /** Since when there has been no desktop, and how often it was tried since. */
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

/** What another try would only meet again; servers lock out whoever asks too often. */
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

/** What becomes of the page; an event that does not fit to where it stands changes nothing. */
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
      // While the user is asked for a password again, the refused connection may close as it likes.
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
