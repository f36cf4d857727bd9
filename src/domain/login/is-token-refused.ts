import { isDeskError } from '../../errors/desk-error.js';

/**
 * Whether a fresh token may be what a call lacks. 10008 and 403 cover an expired token and a missing right alike
 * (platform documentation, error codes); only a fresh token tells them apart.
 */
export function isTokenRefused(error: unknown): boolean {
  return (
    isDeskError(error, 'auth.expired') ||
    isDeskError(error, 'platform.forbidden') ||
    (isDeskError(error) && error.platform?.code === '10008')
  );
}
