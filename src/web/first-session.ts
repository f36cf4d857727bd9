import { openSession, takeSecret } from './open-session.js';

/**
 * Begins the connection before noVNC has loaded, which waits for a test of the browser's video decoder at the top level of
 * a module. Imported before noVNC; `test/bench/bench-page.mjs` measures what it saves.
 */

/** Of the link or a reload. */
export const firstSecret = takeSecret();

export const firstSession = firstSecret === null ? undefined : openSession(firstSecret, Date.now);
