import { isDeskError } from '../../errors/desk-error.js';
import type { Platform } from '../../platform/platform.js';
import { isTokenRefused } from './renewing-platform.js';

/**
 * Whether a cluster accepts the token: requests its schedulers, or where that is not supported, its sessions.
 *
 * @throws errors that say nothing about the token: network.*, platform.fault, platform.busy, platform.rateLimited and
 * other refusals.
 */
export async function isAcceptedByCluster(
  platform: Pick<Platform, 'readSchedulers' | 'listSessions'>,
): Promise<boolean> {
  try {
    await readSchedulersOrSessions(platform);
    return true;
  } catch (error) {
    if (isTokenRefused(error)) return false;
    throw error;
  }
}

async function readSchedulersOrSessions(
  platform: Pick<Platform, 'readSchedulers' | 'listSessions'>,
): Promise<void> {
  try {
    await platform.readSchedulers();
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    await platform.listSessions();
  }
}

function isNotOffered(error: unknown): boolean {
  if (isTokenRefused(error)) return false;
  return isDeskError(error, 'network.unusableAnswer') || isDeskError(error, 'platform.refused');
}
