import { openSession, takeSecret } from './open-session.js';

/**
 * Starts the connection while noVNC loads, whose top-level await tests the browser's video decoder. Must be imported before
 * noVNC; measured by `test/bench/bench-page.mjs`.
 */

/** From the link or a reload. */
export const firstSecret = takeSecret();

export const firstSession = firstSecret === null ? undefined : openSession(firstSecret);
