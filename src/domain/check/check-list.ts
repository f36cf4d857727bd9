import type { DeskError } from '../../errors/desk-error.js';
import { DESKTOP_CHECKS, type DesktopCheckName } from '../../model/finding.js';
import { type Finding, failure, pass, skip } from '../doctor/finding.js';

export type DesktopCheck = Finding & {
  readonly name: DesktopCheckName;
  readonly elapsedMs: number;
};

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

  function add(judge: (name: DesktopCheckName) => Finding, elapsedMs: number): void {
    const name = DESKTOP_CHECKS[done.length];
    if (name !== undefined) done.push({ name, ...judge(name), elapsedMs });
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
        add(passed, takeTimeMs());
      }
    },
    fail(error) {
      while (done.length < DESKTOP_CHECKS.indexOf(placeOf(error))) add(passed, 0);
      const after = DESKTOP_CHECKS[done.length] ?? 'frame';
      add(() => failure(error), takeTimeMs());
      while (done.length < DESKTOP_CHECKS.length) add(() => skip('check.skipped', { after }), 0);
    },
    checks: () => done,
  };
}

const passed = (step: DesktopCheckName) => pass('check.passed', { step });

/**
 * The earliest check that an error can belong to: over ssh route, port and greeting are proven at once, and only the
 * error tells which of them is broken.
 */
function placeOf({ code, family }: DeskError): DesktopCheckName {
  if (code.startsWith('ssh.')) return 'route';
  if (code === 'tunnel.unreachable') return 'port';
  return family === 'connection' ? 'rfb' : 'login';
}
