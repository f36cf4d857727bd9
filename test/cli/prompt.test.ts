import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { timeQuestions } from '../../src/cli/prompt.js';
import type { Ask } from '../../src/commands/context.js';
import { createManualClock } from '../helpers/manual-clock.js';

const SECOND_MS = 1_000;

function open(overrides: Partial<Ask> = {}) {
  const clock = createManualClock();
  const after =
    <Answer>(answer: Answer) =>
    async () => {
      clock.advance(SECOND_MS);
      return answer;
    };
  const ask: Ask = {
    mayAsk: true,
    stdin: new PassThrough(),
    secret: after('secret'),
    text: after('text'),
    choose: after(1),
    confirm: after(true),
    ...overrides,
  };
  return { clock, ask, timed: timeQuestions(ask, clock.now) };
}

describe('the time that questions take', () => {
  it('is counted over all of them, and the answers pass', async () => {
    const { timed, ask, clock } = open();
    expect(await timed.secret({ kind: 'token' })).toBe('secret');
    clock.advance(60 * SECOND_MS);
    expect(await timed.text({ kind: 'user' })).toBe('text');
    expect(await timed.choose({ kind: 'cluster' }, [])).toBe(1);
    expect(await timed.confirm({ kind: 'deleteSession', name: '' })).toBe(true);
    expect(timed.askedMs()).toBe(4 * SECOND_MS);
    expect([timed.mayAsk, timed.stdin]).toEqual([true, ask.stdin]);
  });

  it('is counted for a question that was cancelled too', async () => {
    const { timed, clock } = open({
      async secret() {
        clock.advance(SECOND_MS);
        throw new Error('Ctrl-C');
      },
    });
    await expect(timed.secret({ kind: 'token' })).rejects.toThrow('Ctrl-C');
    expect(timed.askedMs()).toBe(SECOND_MS);
  });
});
