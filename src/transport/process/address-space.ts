import { readFileSync } from 'node:fs';

/** The soft limit on the address space in bytes (`ulimit -v`), see proc(5); infinite where there is none or no `/proc`. */
export function readAddressSpaceBytes(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const bytes = /^Max address space +(\d+)/m.exec(limits)?.[1];
    return bytes === undefined ? Number.POSITIVE_INFINITY : Number(bytes);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
