/** An HTTP date has whole seconds, takes a while to come, and no platform asks for more. */
const TOLERATED_MS = 60_000;
/** A certificate is valid for at most 398 days (CA/Browser Forum, Baseline Requirements 6.3.2): TLS vouches for no more. */
const MAX_OFFSET_MS = 400 * 24 * 3_600_000;

/** The platform's time as its answers show it: tokens and signatures count by it, whatever the clock of this machine shows. */
export interface ServerClock {
  now(): Date;
  /** How far the platform is ahead of this machine, in milliseconds, negative when behind; 0 within a minute. */
  offsetMs(): number;
  /** Starts from what was stored with a login, until an answer says more. */
  assume(offsetMs: number): void;
  /**
   * Reads the clock from an answer.
   *
   * @param serverTime - The answer's `Date`.
   * @param sentAt - This machine's clock before the request, `receivedAt` after the answer.
   */
  observe(serverTime: Date, sentAt: Date, receivedAt: Date): void;
}

/** @param onSkew - Called once, when an answer shows that this machine's clock is wrong. */
export function createServerClock(
  now: () => Date,
  onSkew: (offsetMs: number) => void = () => {},
): ServerClock {
  let offsetMs = 0;
  let isObserved = false;
  let isTold = false;
  return {
    now: () => new Date(now().getTime() + offsetMs),
    offsetMs: () => offsetMs,
    assume(stored) {
      if (!isObserved) offsetMs = stored;
    },
    observe(serverTime, sentAt, receivedAt) {
      const aheadMs = serverTime.getTime() - receivedAt.getTime();
      const behindMs = sentAt.getTime() - serverTime.getTime();
      const distanceMs = Math.max(aheadMs, behindMs);
      if (distanceMs > MAX_OFFSET_MS) return;
      isObserved = true;
      offsetMs = distanceMs <= TOLERATED_MS ? 0 : aheadMs > 0 ? aheadMs : -behindMs;
      if (offsetMs === 0 || isTold) return;
      isTold = true;
      onSkew(offsetMs);
    },
  };
}
