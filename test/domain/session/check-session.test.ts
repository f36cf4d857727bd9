import { describe, expect, test } from 'vitest';
import {
  type CheckPlan,
  captureDesktop,
  checkSession,
  FAILURE,
} from '../../../src/domain/session/check-session.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { IpAddress, Port, Route } from '../../../src/model/endpoint.js';
import type { OpenDesktop } from '../../../src/transport/desktop/open-desktop.js';
import type { DesktopOptions } from '../../../src/transport/transport.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { fakeTransport } from '../../helpers/fake-transport.js';

const target = { host: EXAMPLE_SESSION.ip, port: EXAMPLE_SESSION.port };
const DIRECT: Route = { kind: 'direct', target };
const SSH = { kind: 'ssh', target, via: { host: 'login' } } as unknown as Route;

const failures = {
  auth: new DeskError('auth.expired', { expiredAt: undefined }),
  network: new DeskError('network.timeout', { origin: 'https://x', timeoutMs: 1 }),
  unreachable: new DeskError('tunnel.unreachable', { target: 'x', reason: 'refused' }),
  ssh: new DeskError('ssh.authFailed', { via: 'login', reason: 'denied' }),
  noSsh: new DeskError('ssh.missing', { platform: 'linux' }),
  notRfb: new DeskError('rfb.notRfb', { target: 'x', received: 'SSH' }),
  late: new DeskError('rfb.timeout', { target: 'x', timeoutMs: 1 }),
  lost: new DeskError('tunnel.lost', { target: 'x', reason: 'closed' }),
  password: new DeskError('rfb.authFailed', { target: 'x' }),
} as const;

interface Scenario {
  readonly route?: Route;
  /** What the desktop reports before it opens or fails. */
  readonly steps?: readonly ('reached' | 'greeted' | 'secured')[];
  readonly fails?: { readonly in: 'list' | 'open' | 'capture'; readonly with: Error };
  readonly selector?: string;
}

/** A plan whose clock advances by 10 ms on each call of `now`. */
function planOf({ route = DIRECT, steps, fails, selector }: Scenario) {
  const closed: string[] = [];
  let nowMs = 0;
  const failIn = (place: string) => {
    if (fails?.in === place) throw fails.with;
  };
  const desktop: OpenDesktop = {
    version: '003.008',
    securityTypes: [1],
    widthPx: 2,
    heightPx: 1,
    desktopName: 'desk',
    async captureFrame() {
      failIn('capture');
      return { widthPx: 2, heightPx: 1, pixels: new Uint32Array(2) };
    },
    async close() {
      closed.push('desktop');
    },
  };
  const plan: CheckPlan = {
    selector,
    frameTimeoutMs: 1,
    now() {
      nowMs += 10;
      return new Date(nowMs);
    },
    async listSessions() {
      failIn('list');
      return [EXAMPLE_SESSION];
    },
    chooseRoute: async () => route,
    async openDesktop({ report }: Pick<DesktopOptions, 'report'>) {
      for (const step of steps ?? ['reached', 'greeted', 'secured']) report?.(step);
      failIn('open');
      return desktop;
    },
  };
  return { plan, closed };
}

describe('a check', () => {
  test.each([
    ['directly', DIRECT],
    ['through ssh', SSH],
  ])('that succeeds %s passes every step and closes the desktop', async (_, route) => {
    const { plan, closed } = planOf({ route });
    const report = await checkSession(plan);
    expect(report.healthy).toBe(true);
    expect(report.checks.map(({ elapsedMs: _, ...check }) => check)).toEqual(
      ['login', 'session', 'route', 'port', 'rfb', 'security', 'frame'].map((name) => ({
        name,
        status: 'pass',
        code: 'check.passed',
        details: { step: name },
      })),
    );
    expect(report.rfb).toEqual({
      version: '003.008',
      securityTypes: [1],
      widthPx: 2,
      heightPx: 1,
      desktopName: 'desk',
    });
    expect(closed).toEqual(['desktop']);
  });

  test.each<[string, string, Scenario]>([
    ['login', 'auth.expired', { fails: { in: 'list', with: failures.auth } }],
    ['login', 'network.timeout', { fails: { in: 'list', with: failures.network } }],
    ['session', 'session.notFound', { selector: 'other' }],
    [
      'route',
      'ssh.authFailed',
      { route: SSH, steps: [], fails: { in: 'open', with: failures.ssh } },
    ],
    [
      'route',
      'ssh.missing',
      { route: SSH, steps: [], fails: { in: 'open', with: failures.noSsh } },
    ],
    [
      'port',
      'tunnel.unreachable',
      { steps: [], fails: { in: 'open', with: failures.unreachable } },
    ],
    [
      'port',
      'tunnel.unreachable',
      { route: SSH, steps: [], fails: { in: 'open', with: failures.unreachable } },
    ],
    ['rfb', 'rfb.notRfb', { steps: ['reached'], fails: { in: 'open', with: failures.notRfb } }],
    ['rfb', 'rfb.timeout', { steps: ['reached'], fails: { in: 'open', with: failures.late } }],
    ['rfb', 'tunnel.lost', { route: SSH, steps: [], fails: { in: 'open', with: failures.lost } }],
    [
      'security',
      'rfb.authFailed',
      { steps: ['reached', 'greeted'], fails: { in: 'open', with: failures.password } },
    ],
    [
      'security',
      'rfb.timeout',
      { route: SSH, steps: ['greeted'], fails: { in: 'open', with: failures.late } },
    ],
    ['frame', 'tunnel.lost', { fails: { in: 'open', with: failures.lost } }],
    ['frame', 'rfb.notRfb', { fails: { in: 'capture', with: failures.notRfb } }],
  ])('fails at %s with %s and skips the rest', async (name, code, scenario) => {
    const { plan } = planOf(scenario);
    const report = await checkSession(plan);
    const place = report.checks.findIndex((check) => check.name === name);
    expect(report.healthy).toBe(false);
    expect(report.checks).toHaveLength(7);
    expect(report.checks[place]).toMatchObject({ status: 'fail', code });
    expect(report.checks.slice(0, place).every(({ status }) => status === 'pass')).toBe(true);
    expect(report.checks.slice(place + 1).map(({ code, details }) => ({ code, details }))).toEqual(
      Array(6 - place).fill({ code: 'check.skipped', details: { after: name } }),
    );
    expect(report.checks.slice(place + 1).every(({ status }) => status === 'skip')).toBe(true);
    expect(report[FAILURE]?.code).toBe(code);
    expect(JSON.stringify(report)).not.toContain('FAILURE');
  });

  test('closes the desktop if the capture fails, and still reports its RFB properties', async () => {
    const { plan, closed } = planOf({ fails: { in: 'capture', with: failures.late } });
    expect((await checkSession(plan)).rfb).toMatchObject({ desktopName: 'desk' });
    expect(closed).toEqual(['desktop']);
  });

  test('measures each step from the end of the previous one', async () => {
    const { checks } = await checkSession(
      planOf({ route: SSH, steps: ['greeted', 'secured'] }).plan,
    );
    expect(checks.map(({ elapsedMs }) => elapsedMs)).toEqual([10, 10, 10, 10, 10, 10, 10]);
  });

  test('assigns the time of a failure to the failed step', async () => {
    const scenario: Scenario = {
      route: SSH,
      steps: [],
      fails: { in: 'open', with: failures.unreachable },
    };
    const { checks } = await checkSession(planOf(scenario).plan);
    expect(checks.map(({ elapsedMs }) => elapsedMs)).toEqual([10, 10, 0, 10, 0, 0, 0]);
  });

  test.each([
    ['a bug', new TypeError('x is undefined')],
    ['a usage error', new DeskError('usage.missingOption', { option: '--via', example: '' })],
  ])('rethrows %s', async (_, error) => {
    await expect(checkSession(planOf({ fails: { in: 'open', with: error } }).plan)).rejects.toBe(
      error,
    );
  });
});

const PLAN = {
  route: { kind: 'direct', target: { host: '127.0.0.1' as IpAddress, port: 5901 as Port } },
  mayAsk: false,
  timeoutMs: 60_000,
  frameTimeoutMs: 20_000,
  signal: new AbortController().signal,
  password: undefined,
} as const;

function openWith(captureFrame: OpenDesktop['captureFrame']) {
  const closed: string[] = [];
  const transport = fakeTransport({
    openDesktop: async () => ({
      version: '003.008',
      securityTypes: [1],
      widthPx: 1,
      heightPx: 1,
      desktopName: '',
      captureFrame,
      close: async () => void closed.push('desktop'),
    }),
  });
  return { transport, closed };
}

test('captureDesktop passes the frame timeout and closes the desktop', async () => {
  const picture = { widthPx: 1, heightPx: 1, pixels: Uint32Array.of(7) };
  const limits: number[] = [];
  const { transport, closed } = openWith(async (limitMs) => {
    limits.push(limitMs);
    return picture;
  });
  expect(await captureDesktop(transport, PLAN)).toBe(picture);
  expect(limits).toEqual([20_000]);
  expect(closed).toEqual(['desktop']);
});

test('captureDesktop closes the desktop if the capture fails', async () => {
  const { transport, closed } = openWith(async () => {
    throw new Error('no picture');
  });
  await expect(captureDesktop(transport, PLAN)).rejects.toThrow('no picture');
  expect(closed).toEqual(['desktop']);
});
