import type { ErrorCode } from '../../../src/errors/codes.js';
import type { DesktopStep } from '../../helpers/scripted-desktop.js';
import { desk, greet, hear, none, raw, update } from '../rfb-parts.js';

/** The expected outcome: a picture of this size, or an error code and a pattern for its details. */
type Outcome = readonly [width: number, height: number] | readonly [ErrorCode, RegExp?];

export interface RfbCase {
  readonly title: string;
  readonly script: readonly DesktopStep[];
  readonly outcome: Outcome;
  readonly password: string | undefined;
}

export const row = (
  title: string,
  script: readonly DesktopStep[],
  outcome: Outcome,
  password?: string,
): RfbCase => ({ title, script, outcome, password });

export const end: DesktopStep = { close: 'end' };
export const reset: DesktopStep = { close: 'reset' };
/** Slow enough that no message is complete before a short deadline. */
export const drip = (bytes: Buffer): DesktopStep => ({ drip: bytes, everyMs: 400 });
export const notRfb = (reason?: RegExp): Outcome =>
  reason ? ['rfb.notRfb', reason] : ['rfb.notRfb'];
export const broken = (reason: RegExp): Outcome => ['rfb.broken', reason];
export const lockedOut = (reason: RegExp): Outcome => ['rfb.lockedOut', reason];
export const late: Outcome = ['rfb.timeout'];
export const lost: Outcome = ['tunnel.lost'];
export const denied: Outcome = ['rfb.authFailed'];

/** Steps after the greeting and security type None. */
export const init = (...steps: readonly DesktopStep[]): readonly DesktopStep[] => [
  ...greet(),
  ...none,
  hear(1),
  ...steps,
];
/** Steps after an 8×8 desktop has received FramebufferUpdateRequest. */
export const small = (...steps: readonly DesktopStep[]): readonly DesktopStep[] => [
  ...desk(8, 8),
  ...steps,
];
export const ALL = [0, 0, 8, 8] as const;
export const whole = update([raw(ALL)]);
