import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createAsk } from '../../src/cli/prompt.js';
import type { ProcessContext } from '../../src/cli/run/process-context.js';
import { en } from '../../src/i18n/en/index.js';
import { createManualClock } from '../helpers/manual-clock.js';
import { CapturedOutput } from '../helpers/run-cli.js';

const SECOND_MS = 1_000;

function open() {
  const clock = createManualClock();
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = new CapturedOutput(true, 80);
  const cancel = new AbortController();
  const processContext = { stdin, stderr, terminal: stderr, now: clock.now };
  const ask = createAsk(processContext as unknown as ProcessContext, {
    messages: en,
    isForbidden: false,
    signal: cancel.signal,
    beforeAsking() {},
  });
  /** Calls `act` one second after the question is drawn, when it reads keys. */
  async function after(question: string, act: () => void) {
    while (!stderr.text.includes(question)) await once(stderr, 'captured');
    clock.advance(SECOND_MS);
    setImmediate(act);
  }
  const type = (question: string, keys: string) => after(question, () => stdin.write(keys));
  return {
    ask,
    clock,
    type,
    cancelAt: (question: string) => after(question, () => cancel.abort()),
  };
}

describe('the time spent in prompts', () => {
  it('is the sum over all prompts, and each returns its answer', async () => {
    const { ask, clock, type } = open();
    expect(ask.mayAsk).toBe(true);
    expect(ask.askedMs()).toBe(0);
    const token = ask.secret({ kind: 'token' });
    await type('Token:', 'abc\r');
    expect(await token).toBe('abc');
    clock.advance(60 * SECOND_MS);
    const user = ask.text({ kind: 'user' });
    await type('user name:', 'me\r');
    expect(await user).toBe('me');
    const cluster = ask.choose({ kind: 'cluster' }, ['one', 'two']);
    await type('Cluster:', '\r');
    expect(await cluster).toBe(0);
    const isSure = ask.confirm({ kind: 'deleteSession', name: 'gv101:4' });
    await type('Delete session', 'y\r');
    expect(await isSure).toBe(true);
    expect(ask.askedMs()).toBe(4 * SECOND_MS);
  });

  it('includes a cancelled prompt', async () => {
    const { ask, cancelAt } = open();
    const asked = ask.secret({ kind: 'token' });
    asked.catch(() => {});
    await cancelAt('Token:');
    await expect(asked).rejects.toThrow();
    expect(ask.askedMs()).toBe(SECOND_MS);
  });
});
