import { CLOCK_TOLERANCE_MS } from '../model/time.js';

/** Certificates are valid for at most 398 days (CA/Browser Forum BR 6.3.2), so TLS rules out more. */
const MAX_OFFSET_MS = 400 * 24 * 3_600_000;

export type ServerClock = ReturnType<typeof createServerClock>;

/**
 * The platform's time by its responses, for tokens and signatures; independent of a wrong local clock.
 *
 * @param onSkew - Called once, when a response shows that the local clock is wrong.
 */
export function createServerClock(now: () => Date, onSkew: (offsetMs: number) => void = () => {}) {
  let offsetMs = 0;
  let isObserved = false;
  let isReported = false;
  return {
    now: () => new Date(now().getTime() + offsetMs),
    /** Offset from the local clock in milliseconds, negative when behind; 0 if below a minute. */
    offsetMs: () => offsetMs,
    /** Sets the offset stored with a login, until a response is observed. */
    assume(stored: number): void {
      if (!isObserved) offsetMs = stored;
    },
    /** Updates the offset from a response's `Date`; `sentAt` and `receivedAt` are by the local clock. */
    observe(serverTime: Date, sentAt: Date, receivedAt: Date): void {
      const aheadMs = serverTime.getTime() - receivedAt.getTime();
      const behindMs = sentAt.getTime() - serverTime.getTime();
      const distanceMs = Math.max(aheadMs, behindMs);
      if (distanceMs > MAX_OFFSET_MS) return;
      isObserved = true;
      offsetMs = distanceMs <= CLOCK_TOLERANCE_MS ? 0 : aheadMs > 0 ? aheadMs : -behindMs;
      if (offsetMs === 0 || isReported) return;
      isReported = true;
      onSkew(offsetMs);
    },
  };
}
