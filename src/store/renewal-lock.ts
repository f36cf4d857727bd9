import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { withLock } from './lock.js';
import type { LockHost } from './process-identity.js';

export interface RenewalLockOptions {
  readonly folder: string;
  readonly profile: string;
  readonly host: LockHost;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/**
 * Runs `work` while no other process renews the same profile, best effort: if the lock cannot be acquired (full disk,
 * holder slower than `patienceMs`), `work` runs anyway. At worst the platform gets a second request; the store has its own lock.
 *
 * One lock a profile, because the holder waits for the network; named by a hash for case-insensitive file systems.
 *
 * @throws errors of `work`, the signal's reason
 */
export async function withRenewalLock<Result>(
  { folder, profile, host, patienceMs, signal }: RenewalLockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const hash = createHash('sha256').update(profile).digest('hex').slice(0, 16);
  const waiting = { patienceMs, limitMs: patienceMs, signal };
  let isStarted = false;
  try {
    return await withLock(join(folder, `renewal-${hash}`), host, waiting, () => {
      isStarted = true;
      return work();
    });
  } catch (error) {
    if (isStarted) throw error;
    signal.throwIfAborted();
    return work();
  }
}
