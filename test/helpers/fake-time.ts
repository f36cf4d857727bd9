import { execFileSync } from 'node:child_process';

/**
 * Environment that shifts the clock of a program (libfaketime, Debian package `faketime`). Only the wall clock is
 * shifted, not timers.
 *
 * @param offset - In the format of faketime(1): `+8h`, `-365d`.
 */
export function fakeTime(offset: string): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: findLibrary(),
    FAKETIME: offset,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // File timestamps are not shifted.
    NO_FAKE_STAT: '1',
  };
}

let library: string | undefined;

/** faketime(1) sets LD_PRELOAD to its library. */
function findLibrary(): string {
  library ??= execFileSync('faketime', ['now', 'sh', '-c', 'printf %s "$LD_PRELOAD"'], {
    encoding: 'utf8',
  });
  return library;
}
