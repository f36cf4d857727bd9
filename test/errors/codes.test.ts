import { describe, expect, it } from 'vitest';
import { EXIT_CODES, FAMILIES, type Family } from '../../src/errors/codes.js';
import { DeskError, isDeskError } from '../../src/errors/desk-error.js';

/** Section 3 of the design. Scripts depend on it: rows may be added, but not changed. */
const CONTRACT = {
  bug: [1, 'bug.unexpected'],
  usage: [
    2,
    'usage.unknownCommand usage.unknownOption usage.missingCommand usage.missingArgument usage.missingValue',
    'usage.missingOption usage.tooManyArguments usage.invalidValue usage.conflict usage.unknownField',
    'usage.formatNotOffered usage.unknownSetting usage.secretInArguments usage.needsInput usage.invalidToken',
    'usage.needsTerminal usage.bytesToTerminal usage.fileExists usage.plainHttp session.ambiguous cluster.ambiguous tunnel.ambiguous',
  ],
  notFound: [3, 'session.notFound cluster.notFound tunnel.notFound profile.notFound'],
  auth: [4, 'auth.required auth.noApiUrl auth.expired auth.rejected auth.otherOrigin'],
  refused: [5, 'platform.refused platform.forbidden platform.fault cluster.disabled'],
  network: [
    6,
    'network.unreachable network.timeout network.tls network.redirect network.unusableAnswer',
  ],
  connection: [
    7,
    'ssh.hostKey ssh.authFailed ssh.exited tunnel.unreachable tunnel.lost tunnel.portTaken',
    'tunnel.cannotListen tunnel.notStarted',
    'tunnel.peersUnknown',
    'rfb.notRfb rfb.broken rfb.authFailed rfb.lockedOut rfb.timeout viewer.failed bridge.failed bridge.unused',
  ],
  unhealthy: [8, 'check.failed'],
  local: [
    9,
    'ssh.missing viewer.missing viewer.noDisplay xvnc.failed output.failed',
    'store.damaged store.unsafe store.full store.unusable store.locked system.limit store.noHome',
  ],
  busy: [10, 'platform.busy platform.rateLimited'],
  unsafe: [11, 'unsafe.value'],
} as const satisfies Record<Family, readonly [number, ...string[]]>;

describe.each(Object.entries(CONTRACT))('the family %s', (family, [exitCode, ...codes]) => {
  it(`exits with ${exitCode}`, () => {
    expect(EXIT_CODES[family as Family]).toBe(exitCode);
  });

  it('has these codes', () => {
    const ofFamily = Object.entries(FAMILIES).filter(([, name]) => name === family);
    expect(ofFamily.map(([code]) => code).sort()).toEqual(codes.join(' ').split(' ').sort());
  });
});

it('has no family outside the contract', () => {
  expect(Object.keys(EXIT_CODES)).toEqual(Object.keys(CONTRACT));
});

describe('a DeskError', () => {
  const error = new DeskError('session.notFound', { selector: 'gv101:4' });

  it('derives its family and exit code from its code', () => {
    expect([error.family, error.exitCode, error.message]).toEqual([
      'notFound',
      3,
      'session.notFound',
    ]);
  });

  it('keeps the platform’s answer and the cause', () => {
    const [cause, platform] = [new Error('why'), { code: '10004', msg: '参数无效' }];
    const refusal = new DeskError(
      'platform.refused',
      { platformCode: '10004' },
      { cause, platform },
    );
    expect([refusal.cause, refusal.platform]).toEqual([cause, platform]);
    expect('cause' in error).toBe(false);
  });

  it('is distinguished from other errors, and by code', () => {
    expect(isDeskError(error)).toBe(true);
    expect(isDeskError(error, 'session.notFound')).toBe(true);
    expect(isDeskError(error, 'session.ambiguous')).toBe(false);
    expect(
      [new Error('x'), 'x', null, { code: 'session.notFound' }].some((x) => isDeskError(x)),
    ).toBe(false);
  });
});
