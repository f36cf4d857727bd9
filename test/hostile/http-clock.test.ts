import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Token } from '../../src/model/token.js';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { openAccountDesk, REQUESTS } from '../commands/open-account-desk.js';
import { sample } from '../helpers/deep.js';
import { printCount } from '../helpers/print-count.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';
import { type Fault, startFaultProxy } from './fault-proxy.js';
import { call } from './http-call.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The sandbox accepts signatures from five minutes before to five minutes after its own time. */
const WINDOW_MS = 5 * MINUTE_MS;
/** A Date header that is off by more than this is ignored. */
const BELIEVED_MS = 400 * 24 * HOUR_MS;
/** Smaller offsets are not reported. */
const TOLD_MS = MINUTE_MS;
/** For the resolution of the Date header and the duration of a request. */
const TOLERANCE_MS = MINUTE_MS;

const SKEWS_MS = [
  -500 * 24 * HOUR_MS,
  -365 * 24 * HOUR_MS,
  -23 * HOUR_MS,
  -2 * HOUR_MS,
  -2 * MINUTE_MS,
  0,
  2 * MINUTE_MS,
  2 * HOUR_MS,
  23 * HOUR_MS,
  365 * 24 * HOUR_MS,
  500 * 24 * HOUR_MS,
];

/** Replacements for the platform's Date header. */
const DATES = {
  'tells the time': (line: string) => line,
  'tells no time': () => '',
  'lives in 1970': () => 'Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n',
  'lives in 9999': () => 'Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n',
  'has no calendar': () => 'Date: soon\r\n',
  // More than the sandbox accepts: the request is retried with it once, and fails.
  'lies by three hours': () => `Date: ${new Date(Date.now() + 3 * HOUR_MS).toUTCString()}\r\n`,
} as const;

/** The offset from the local clock that a credible Date header shows. */
const SHOWN_MS: Readonly<Record<string, (skewMs: number) => number>> = {
  'tells the time': (skewMs) => -skewMs,
  'lies by three hours': (skewMs) => 3 * HOUR_MS - skewMs,
};

const ROWS = Object.entries(DATES).flatMap(([date, rewrite]) =>
  sample(SKEWS_MS, date === 'tells the time' ? 1 : 2).map((skewMs) => ({
    date,
    rewrite,
    skewMs,
    hours: skewMs / HOUR_MS,
  })),
);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => {
  printCount('clock skews and token expiries', ROWS.length + ENDINGS.length);
  return sandbox.close();
});

describe('a login with a skewed local clock, when the platform', () => {
  test.each(ROWS)('$date, skewed by $hours h', async ({ date, rewrite, skewMs }) => {
    let requests = 0;
    const fault: Fault = {
      onRequest(_, request, platform) {
        requests += 1;
        platform.write(request);
      },
      onAnswer: ({ client }, answer) =>
        void client.write(answer.toString('latin1').replace(/^Date: .*\r\n/m, rewrite), 'latin1'),
    };
    const { description } = sandbox;
    const proxy = await startFaultProxy(Number(new URL(description.authUrl).port), fault, () => 0);
    const corrections: number[] = [];
    try {
      const { result } = await call('key', `http://127.0.0.1:${proxy.port}`, MINUTE_MS, {
        secrets: { ...description, token: description.token as Token },
        now: () => new Date(Date.now() + skewMs),
        onClockSkew: (offsetMs) => corrections.push(offsetMs),
      });
      const isOff = Math.abs(skewMs) > WINDOW_MS;
      const isCorrected = isOff && date === 'tells the time' && Math.abs(skewMs) <= BELIEVED_MS;
      expect(result).toBe(isOff && !isCorrected ? 'auth.rejected' : 'ok');
      const shownMs = SHOWN_MS[date]?.(skewMs) ?? 0;
      const isTold = Math.abs(shownMs) > TOLD_MS && Math.abs(shownMs) <= BELIEVED_MS;
      expect(corrections).toHaveLength(isTold ? 1 : 0);
      if (isTold) expect(Math.abs((corrections[0] ?? 0) - shownMs)).toBeLessThan(TOLERANCE_MS);
      expect(requests).toBeLessThanOrEqual(2);
      if (!isOff) expect(requests).toBe(1);
    } finally {
      await proxy.close();
    }
  });
});

const { renewal, list, create } = REQUESTS;
const LIFE_MS = 24 * HOUR_MS;

interface Ending {
  readonly moment: string;
  readonly line: string;
  /** Remaining lifetime when the command starts, in milliseconds. */
  readonly leftMs: number;
  /** How far the clock jumps at a request, by the index of the request from 0. */
  readonly leaps: Readonly<Record<number, number>>;
  readonly requests: readonly string[];
  readonly exitCode: number;
}

const ENDINGS: readonly Ending[] = [
  {
    moment: 'before the command starts',
    line: 'vnc list',
    leftMs: -MINUTE_MS,
    leaps: {},
    requests: [renewal, list],
    exitCode: 0,
  },
  {
    moment: 'during the list request',
    line: 'vnc list',
    leftMs: HOUR_MS,
    leaps: { 0: 2 * HOUR_MS },
    requests: [list, renewal, list],
    exitCode: 0,
  },
  {
    moment: 'between the list and the create request',
    line: 'vnc create',
    leftMs: HOUR_MS,
    leaps: { 1: 2 * HOUR_MS },
    requests: [list, create, renewal, create],
    exitCode: 0,
  },
  {
    moment: 'and cannot be renewed any more, during the renewal',
    line: 'vnc list',
    leftMs: -MINUTE_MS,
    leaps: { 0: 3 * LIFE_MS },
    requests: [renewal],
    exitCode: 4,
  },
  {
    moment: 'again right after its renewal',
    line: 'vnc list',
    leftMs: HOUR_MS,
    leaps: { 0: 2 * HOUR_MS, 2: 2 * LIFE_MS },
    requests: [list, renewal, list],
    exitCode: 4,
  },
  {
    moment: 'after the response',
    line: 'vnc list',
    leftMs: HOUR_MS,
    leaps: {},
    requests: [list],
    exitCode: 0,
  },
];

describe('a token that expires', () => {
  test.each(ENDINGS)('$moment', async ({ line, leftMs, leaps, requests, exitCode }) => {
    const asked: string[] = [];
    let isRunning = false;
    const desk = await openAccountDesk({
      tokenLifeMs: LIFE_MS,
      onRequest({ method, path }) {
        if (!isRunning) return;
        desk.clock.advance(leaps[asked.length] ?? 0);
        asked.push(`${method} ${path}`);
      },
    });
    await desk.logIn();
    desk.clock.advance(LIFE_MS - leftMs);
    isRunning = true;
    // The clock jumps must not exceed the deadline of the command.
    const result = await desk.run(`${line} --timeout 24h`);
    expect(asked).toEqual(requests);
    expect(result.exitCode).toBe(exitCode);
  });
});
