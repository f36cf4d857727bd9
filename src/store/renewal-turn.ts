import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { withLock } from './lock.js';
import type { LockHost } from './process-identity.js';

export interface RenewalTurn {
  readonly folder: string;
  readonly profile: string;
  readonly host: LockHost;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/**
 * Does some work while no other process renews the same profile, as far as that can be had. It only spares the platform
 * a second call and is no reason to fail: in a home without room for a lock, or behind a holder that takes longer than
 * our patience (suspended, say), the work is done all the same. What is stored has a lock of its own.
 *
 * Each profile has its own lock, for its holder talks to the network; a hash names it, for file systems without case.
 *
 * @throws what the work throws, and the reason of the signal
 */
export async function inRenewalTurn<Result>(
  { folder, profile, host, patienceMs, signal }: RenewalTurn,
  work: () => Promise<Result>,
): Promise<Result> {
  const hash = createHash('sha256').update(profile).digest('hex').slice(0, 16);
  const waiting = { patienceMs, limitMs: patienceMs, signal };
  let isOurTurn = false;
  try {
    return await withLock(join(folder, `renewal-${hash}`), host, waiting, () => {
      isOurTurn = true;
      return work();
    });
  } catch (error) {
    if (isOurTurn) throw error;
    signal.throwIfAborted();
    return work();
  }
}
