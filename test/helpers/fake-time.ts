import { execFileSync } from 'node:child_process';

/**
 * The environment in which a program's clock is off (libfaketime, Debian's package `faketime`). Only the wall clock is:
 * timers go on as they do.
 *
 * @param offset - As faketime(1) takes it: `+8h`, `-365d`.
 */
export function fakeTime(offset: string): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: findLibrary(),
    FAKETIME: offset,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Files keep the time that the system gives them.
    NO_FAKE_STAT: '1',
  };
}

let library: string | undefined;

/** faketime(1) knows where its library is. */
function findLibrary(): string {
  library ??= execFileSync('faketime', ['now', 'sh', '-c', 'printf %s "$LD_PRELOAD"'], {
    encoding: 'utf8',
  });
  return library;
}
