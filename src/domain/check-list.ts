import type { DeskError } from '../errors/desk-error.js';

/** What `vnc check` looks at, in order; scripts rely on the names. */
export const DESKTOP_CHECKS = [
  'login',
  'session',
  'route',
  'port',
  'rfb',
  'security',
  'frame',
] as const;

export type DesktopCheckName = (typeof DESKTOP_CHECKS)[number];

export interface DesktopCheck {
  readonly name: DesktopCheckName;
  readonly status: 'pass' | 'fail' | 'skip';
  /** The error's code where it failed, else empty; never translated. */
  readonly message: string;
  readonly elapsedMs: number;
}

export interface CheckList {
  /** This check and all before it passed. The time since the last call goes to the first of them. */
  pass(name: DesktopCheckName): void;
  /** The check that the error belongs to failed; what comes after is skipped. */
  fail(error: DeskError): void;
  checks(): readonly DesktopCheck[];
}

export function createCheckList(now: () => Date): CheckList {
  const done: DesktopCheck[] = [];
  let markedAtMs = now().getTime();

  function add(status: DesktopCheck['status'], elapsedMs: number, message = ''): void {
    const name = DESKTOP_CHECKS[done.length];
    if (name !== undefined) done.push({ name, status, message, elapsedMs });
  }

  function takeTimeMs(): number {
    const sinceMs = markedAtMs;
    markedAtMs = now().getTime();
    // Clocks are set back now and then.
    return Math.max(0, markedAtMs - sinceMs);
  }

  return {
    pass(name) {
      for (const count = DESKTOP_CHECKS.indexOf(name) + 1; done.length < count; ) {
        add('pass', takeTimeMs());
      }
    },
    fail(error) {
      while (done.length < DESKTOP_CHECKS.indexOf(placeOf(error))) add('pass', 0);
      add('fail', takeTimeMs(), error.code);
      while (done.length < DESKTOP_CHECKS.length) add('skip', 0);
    },
    checks: () => done,
  };
}

/**
 * The earliest check that an error can belong to: over ssh route, port and greeting are proven at once, and only the
 * error tells which of them is broken.
 */
function placeOf({ code, family }: DeskError): DesktopCheckName {
  if (code.startsWith('ssh.')) return 'route';
  if (code === 'tunnel.unreachable') return 'port';
  return family === 'connection' ? 'rfb' : 'login';
}
