import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Token } from '../../src/model/token.js';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { openAccountDesk, REQUESTS } from '../commands/open-account-desk.js';
import { sample } from '../helpers/deep.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';
import { tellCount } from '../helpers/tell-count.js';
import { type Fault, startFaultProxy } from './fault-proxy.js';
import { call } from './http-call.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The sandbox takes signatures of the last and the next five minutes. */
const WINDOW_MS = 5 * MINUTE_MS;
/** A date that is further off than this is not believed. */
const BELIEVED_MS = 400 * 24 * HOUR_MS;
/** An offset below this is not told. */
const TOLD_MS = MINUTE_MS;
/** For the seconds that a header cannot show and the time a request takes. */
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

/** What the platform says of the time, in place of the time. */
const DATES = {
  'tells the time': (line: string) => line,
  'tells no time': () => '',
  'lives in 1970': () => 'Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n',
  'lives in 9999': () => 'Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n',
  'has no calendar': () => 'Date: soon\r\n',
  // More than the sandbox forgives: a second try is made with it, and is the last.
  'lies by three hours': () => `Date: ${new Date(Date.now() + 3 * HOUR_MS).toUTCString()}\r\n`,
} as const;

/** How far ahead of ours a clock shows to be, where it shows anything that can be believed. */
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
  tellCount('skewed clocks and ends of a token', ROWS.length + ENDINGS.length);
  return sandbox.close();
});

describe('a log-in while our clock is ahead and the platform', () => {
  test.each(ROWS)('$date: by $hours h', async ({ date, rewrite, skewMs }) => {
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
  /** How much of its life is left when the command begins, in milliseconds. */
  readonly leftMs: number;
  /** At which requests time passes, counted from 0, and how much. */
  readonly leaps: Readonly<Record<number, number>>;
  readonly requests: readonly string[];
  readonly exitCode: number;
}

const ENDINGS: readonly Ending[] = [
  {
    moment: 'before the command begins',
    line: 'vnc list',
    leftMs: -MINUTE_MS,
    leaps: {},
    requests: [renewal, list],
    exitCode: 0,
  },
  {
    moment: 'while the list is asked for',
    line: 'vnc list',
    leftMs: HOUR_MS,
    leaps: { 0: 2 * HOUR_MS },
    requests: [list, renewal, list],
    exitCode: 0,
  },
  {
    moment: 'between the list and the creation',
    line: 'vnc create',
    leftMs: HOUR_MS,
    leaps: { 1: 2 * HOUR_MS },
    requests: [list, create, renewal, create],
    exitCode: 0,
  },
  {
    moment: 'for good, while the renewal is asked for',
    line: 'vnc list',
    leftMs: -MINUTE_MS,
    leaps: { 0: 3 * LIFE_MS },
    requests: [renewal],
    exitCode: 4,
  },
  {
    moment: 'again, as soon as it is renewed',
    line: 'vnc list',
    leftMs: HOUR_MS,
    leaps: { 0: 2 * HOUR_MS, 2: 2 * LIFE_MS },
    requests: [list, renewal, list],
    exitCode: 4,
  },
  {
    moment: 'after the answer',
    line: 'vnc list',
    leftMs: HOUR_MS,
    leaps: {},
    requests: [list],
    exitCode: 0,
  },
];

describe('a token that ends', () => {
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
    // Time that passes for the token does not run out for the command.
    const result = await desk.run(`${line} --timeout 24h`);
    expect(asked).toEqual(requests);
    expect(result.exitCode).toBe(exitCode);
  });
});
