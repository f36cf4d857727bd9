import { readFileSync } from 'node:fs';

/** Soft limit of the address space in bytes (`ulimit -v`, proc(5)); infinite when unlimited or without `/proc`. */
export function readAddressSpaceBytes(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const bytes = /^Max address space +(\d+)/m.exec(limits)?.[1];
    return bytes === undefined ? Number.POSITIVE_INFINITY : Number(bytes);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
