import { afterEach, describe, expect, test } from 'vitest';
import { isDeskError } from '../../src/errors/desk-error.js';
import { openDesktop } from '../../src/transport/desktop/open-desktop.js';
import { eventually } from '../helpers/eventually.js';
import { type ScriptedDesktop, startScriptedDesktop } from '../helpers/scripted-desktop.js';
import { FAMILIES, type RfbCase } from './rfb-cases.js';

/** For cases that end by their deadline; the others end long before theirs. */
const SHORT_MS = 500;
const LONG_MS = 15_000;
const GRACE_MS = 2_000;

let desktop: ScriptedDesktop;
afterEach(() => desktop.close());

describe.each(Object.entries(FAMILIES))('a desktop %s', (_family, cases) => {
  test.each(cases)('$title', async ({ script, outcome, password }) => {
    desktop = await startScriptedDesktop(script);
    const isLate = outcome[0] === 'rfb.timeout';
    const startedAtMs = performance.now();
    const result = await look(isLate ? SHORT_MS : LONG_MS, password);
    expect(performance.now() - startedAtMs).toBeLessThan(
      3 * SHORT_MS + GRACE_MS + (isLate ? 0 : LONG_MS),
    );

    const [first, second] = outcome;
    if (typeof first === 'number') expect(result).toEqual([first, second]);
    else expectFailure(result, first, second as RegExp | undefined);
    // Whatever happened, nothing of ours stays.
    await eventually(() => desktop.openConnections() === 0, { withinMs: GRACE_MS });
  });
});

/** Cases in which every byte comes alone; the longest would take too long. */
const SHORT_SCRIPTS = Object.values(FAMILIES)
  .flat()
  .filter(({ script, outcome }) => isShort(script) && outcome[0] !== 'rfb.timeout');

describe('a desktop that sends one byte at a time', () => {
  test.each(SHORT_SCRIPTS)('$title', async ({ script, outcome, password }) => {
    desktop = await startScriptedDesktop(script, { oneByteAtATime: true });
    const result = await look(LONG_MS, password);
    const [first, second] = outcome;
    if (typeof first === 'number') expect(result).toEqual([first, second]);
    else expect(result).toMatchObject({ code: first });
  });
});

function isShort(script: RfbCase['script']): boolean {
  const lengths = script.map((step) => (Buffer.isBuffer(step) ? step.length : 0));
  return lengths.reduce((sum, length) => sum + length, 0) < 1_000;
}

async function look(timeoutMs: number, password: string | undefined): Promise<unknown> {
  try {
    const opened = await openDesktop(
      {
        route: { kind: 'direct', target: desktop.target },
        mayAsk: false,
        timeoutMs,
        signal: new AbortController().signal,
        password,
      },
      process.env,
    );
    try {
      const { widthPx, heightPx, pixels } = await opened.captureFrame(timeoutMs);
      expect(pixels).toHaveLength(widthPx * heightPx);
      return [widthPx, heightPx];
    } finally {
      await opened.close();
    }
  } catch (error) {
    return error;
  }
}

function expectFailure(error: unknown, code: string, facts: RegExp | undefined): void {
  if (!isDeskError(error)) throw error;
  expect(error.code).toBe(code);
  const details = error.details as { received?: string; problem?: string; reason?: string };
  if (facts !== undefined)
    expect(details.received ?? details.problem ?? details.reason).toMatch(facts);
}
