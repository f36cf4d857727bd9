import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isDeskError } from '../../src/errors/desk-error.js';
import { openDesktop } from '../../src/transport/desktop/open-desktop.js';
import { MAX_RECEIVED_BYTES } from '../../src/transport/rfb/budget.js';
import { sample } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
import { printCount } from '../helpers/print-count.js';
import { startScriptedDesktop } from '../helpers/scripted-desktop.js';
import { FAMILIES } from './rfb/families.js';
import type { RfbCase } from './rfb/rfb-case.js';
import { watchMemory } from './rfb/watch-memory.js';

/** For cases that time out, including the time to connect; all others end well before their limit. */
const SHORT_MS = 2_000;
const LONG_MS = 60_000;
/** What kernel and stream buffers at both ends may hold beyond what the client has read. */
const IN_FLIGHT_BYTES = 32 * 1024 * 1024;
/** Twice the largest framebuffer. */
const MAX_GROWTH_BYTES = 256 * 1024 * 1024;

const CASES = Object.values(FAMILIES).flat();
const isLate = ({ outcome }: RfbCase) => outcome[0] === 'rfb.timeout';
/** Cases that need much time or memory; they do not run concurrently. */
const isHeavy = ({ script, outcome }: RfbCase) =>
  outcome[0] === 7680 || bytesOf(script) > 256 * 1024 || script.some((step) => 'flood' in step);
const isLight = (one: RfbCase) => !isLate(one) && !isHeavy(one);

describe.each(Object.entries(FAMILIES))('a VNC server %s', (_family, cases) => {
  test.each(cases.filter(isHeavy))('$title', play);
  test.concurrent.each(cases.filter(isLight))('$title', play);

  test.concurrent.each(cases.filter(isLate))('$title, and times out', async (one) => {
    await judge(one, SHORT_MS);
  });
});

async function play(one: RfbCase): Promise<void> {
  const memory = watchMemory();
  await judge(one, LONG_MS);
  expect(memory.grownBytes()).toBeLessThan(MAX_GROWTH_BYTES);
}

/** Longer scripts would take too long byte by byte. */
const SHORT_SCRIPTS = sample(
  CASES.filter((one) => isLight(one) && bytesOf(one.script) < 1_000),
  8,
);

describe('a VNC server that sends one byte at a time', () => {
  test.concurrent.each(SHORT_SCRIPTS)('$title', async (one) => {
    await judge(one, LONG_MS, true);
  });
});

describe('the catalogue', () => {
  test.each([
    ['whose greeting', 20],
    ['whose security', 24],
    ['whose ServerInit', 22],
    ['whose rectangle', 34],
    ['whose ZRLE tile', 26],
    ['whose messages', 20],
    ['whose connection', 18],
    ['with an old fault:', 16],
  ])('of VNC servers %s has at least %i cases', (family, count) => {
    expect(FAMILIES[family]?.length).toBeGreaterThanOrEqual(count);
  });

  test('has no duplicate titles or scripts', () => {
    const titles = Object.entries(FAMILIES).flatMap(([family, cases]) =>
      cases.map(({ title }) => `${family} ${title}`),
    );
    expect(new Set(titles).size).toBe(titles.length);
    expect(new Set(CASES.map(fingerprintOf)).size).toBe(CASES.length);
    printCount('hostile desktops', CASES.length);
  });
});

function bytesOf(script: RfbCase['script']): number {
  const lengths = script.map((step) => (Buffer.isBuffer(step) ? step.length : 0));
  return lengths.reduce((sum, length) => sum + length, 0);
}

function fingerprintOf({ script, password }: RfbCase): string {
  const hash = createHash('sha256').update(String(password));
  for (const step of script) {
    for (const [key, value] of Buffer.isBuffer(step) ? [['send', step]] : Object.entries(step)) {
      hash.update(`|${key}|`).update(Buffer.isBuffer(value) ? value : String(value));
    }
  }
  return hash.digest('hex');
}

/** Runs a case and checks its outcome. */
async function judge(
  { script, outcome, password }: RfbCase,
  timeoutMs: number,
  oneByteAtATime = false,
): Promise<void> {
  const desktop = await startScriptedDesktop(script, { oneByteAtATime });
  try {
    const result = await look(desktop.target, timeoutMs, password);
    const [first, second] = outcome;
    if (typeof first === 'number') expect(result).toEqual([first, second]);
    else expectFailure(result, first, second as RegExp | undefined);
    // No connection stays open, whatever the outcome.
    await eventually(() => desktop.openConnections() === 0);
    expect(desktop.sentBytes()).toBeLessThan(MAX_RECEIVED_BYTES + IN_FLIGHT_BYTES);
  } finally {
    await desktop.close();
  }
}

type Target = Parameters<typeof openDesktop>[0]['route']['target'];

async function look(
  target: Target,
  timeoutMs: number,
  password: string | undefined,
): Promise<unknown> {
  const signal = new AbortController().signal;
  const route = { kind: 'direct', target } as const;
  try {
    const opened = await openDesktop(
      { route, mayAsk: false, timeoutMs, signal, password },
      process.env,
    );
    try {
      const { widthPx, heightPx, pixels } = await opened.captureFrame(timeoutMs);
      expect(pixels.length).toBe(widthPx * heightPx);
      return [widthPx, heightPx];
    } finally {
      await opened.close();
    }
  } catch (error) {
    return error;
  }
}

function expectFailure(error: unknown, code: string, facts: RegExp | undefined): void {
  if (!isDeskError(error)) throw error instanceof Error ? error : new Error(`a picture: ${error}`);
  expect(error.code).toBe(code);
  const details = error.details as { received?: string; problem?: string; reason?: string };
  if (facts !== undefined)
    expect(details.received ?? details.problem ?? details.reason).toMatch(facts);
}
