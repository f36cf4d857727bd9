import { CLOCK_TOLERANCE_MS } from '../model/time.js';

/** Certificates are valid for at most 398 days (CA/Browser Forum BR 6.3.2), so TLS rules out more. */
const MAX_OFFSET_MS = 400 * 24 * 3_600_000;

/** The platform's time by its responses, for tokens and signatures; independent of a wrong local clock. */
export interface ServerClock {
  now(): Date;
  /** Offset from the local clock in milliseconds, negative when behind; 0 if below a minute. */
  offsetMs(): number;
  /** Sets the offset stored with a login, until a response is observed. */
  assume(offsetMs: number): void;
  /**
   * Updates the offset from a response.
   *
   * @param serverTime - The response's `Date`.
   * @param sentAt - Local clock before the request; `receivedAt` after the response.
   */
  observe(serverTime: Date, sentAt: Date, receivedAt: Date): void;
}

/** @param onSkew - Called once, when a response shows that the local clock is wrong. */
export function createServerClock(
  now: () => Date,
  onSkew: (offsetMs: number) => void = () => {},
): ServerClock {
  let offsetMs = 0;
  let isObserved = false;
  let isReported = false;
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
      offsetMs = distanceMs <= CLOCK_TOLERANCE_MS ? 0 : aheadMs > 0 ? aheadMs : -behindMs;
      if (offsetMs === 0 || isReported) return;
      isReported = true;
      onSkew(offsetMs);
    },
  };
}
