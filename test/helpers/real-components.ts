import { describe } from 'vitest';
import which from 'which';

const mustBeThere = process.env.CI === 'true';

/** Finds a program on PATH or in the system's own folders for servers, or nothing. */
export function findReal(program: string): string | undefined {
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  return which.sync(program, { nothrow: true, path }) ?? undefined;
}

/**
 * A group of tests that needs real programs. Where one is missing the group is skipped by name, and under `CI=true`
 * it fails instead, so that a green run there always means that the real thing was used.
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
