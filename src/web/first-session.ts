import { openSession, takeSecret } from './open-session.js';

/**
 * Begins the connection before noVNC is there, which awaits a trial of the browser's video decoder at its top level: half
 * of the time to the first frame. Imported before noVNC.
 */

/** Of the link or a reload. */
export const firstSecret = takeSecret();

export const firstSession = firstSecret === null ? undefined : openSession(firstSecret, Date.now);
