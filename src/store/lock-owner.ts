import type { LockHost } from './lock-host.js';

/** What is known of the process that made a lock; `unknown` when it is not on this machine. */
export type OwnerState = 'alive' | 'gone' | 'unknown';

/** Makes a file name that says which process holds a lock, and that is never made twice. */
export function nameOwner(host: LockHost): string {
  return [host.pid, host.startOf(host.pid) ?? 0, host.machine, crypto.randomUUID()].join('_');
}

/** Judges the owner of a lock by its name: gone when its pid is, or when that pid now belongs to a later process. */
export function judgeOwner(name: string, host: LockHost): OwnerState {
  const [, pid, start, machine] = /^(\d+)_(\d+)_([0-9a-f]+)_/.exec(name) ?? [];
  if (machine !== host.machine) return 'unknown';
  if (!host.isAlive(Number(pid))) return 'gone';
  const startNow = host.startOf(Number(pid));
  const isLater = start !== '0' && startNow !== undefined && startNow !== start;
  return isLater ? 'gone' : 'alive';
}
