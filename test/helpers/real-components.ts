import { describe } from 'vitest';
import which from 'which';

const mustBeThere = process.env.CI === 'true';

/** Finds a program on PATH, in /usr/sbin or in /sbin; otherwise returns undefined. */
export function findReal(program: string): string | undefined {
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  return which.sync(program, { nothrow: true, path }) ?? undefined;
}

/**
 * A group of tests that needs real programs. If one is missing, the group is skipped and names it; with `CI=true` it
 * fails instead, so that a passing CI run has used the real programs.
 */
export function describeWith(
  programs: string | readonly string[],
  title: string,
  body: () => void,
): void {
  const missing = [programs].flat().filter((program) => findReal(program) === undefined);
  if (missing.length > 0 && mustBeThere) {
    throw new Error(`${title}: missing on this machine: ${missing.join(', ')}`);
  }
  const name = missing.length > 0 ? `${title} (skipped: no ${missing.join(', ')})` : title;
  describe.skipIf(missing.length > 0)(name, body);
}
