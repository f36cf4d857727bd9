import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
/** Long enough for any machine, and below the test timeout, so that the last result is reported. */
const LIMIT_MS = 60_000;

/**
 * Polls a check until it returns a truthy value, for changes that emit no event.
 *
 * Fails after a minute with the last error or result of the check.
 */
export async function eventually<Answer>(
  check: () => Answer | Promise<Answer>,
): Promise<NonNullable<Answer>> {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const last = await attempt(check);
    if ('answer' in last && last.answer) return last.answer;
    if (performance.now() > deadline) {
      const state = 'error' in last ? `error: ${last.error}` : `answer: ${last.answer}`;
      throw new Error(`not within ${LIMIT_MS} ms; last ${state}`);
    }
    await sleep(POLL_MS);
  }
}

async function attempt<Answer>(check: () => Answer | Promise<Answer>) {
  try {
    return { answer: await check() };
  } catch (error) {
    return { error };
  }
}
