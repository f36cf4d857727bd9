import type { Ask } from '../commands/context.js';

export interface TimedAsk extends Ask {
  /** Total time spent in prompts, in milliseconds. */
  askedMs(): number;
}

/** Measures the time spent in prompts, which does not count towards time limits. */
export function timeQuestions(ask: Ask, now: () => Date): TimedAsk {
  let askedMs = 0;
  const timed =
    <Arguments extends unknown[], Answer>(question: (...args: Arguments) => Promise<Answer>) =>
    async (...args: Arguments) => {
      const startedAtMs = now().getTime();
      try {
        return await question(...args);
      } finally {
        askedMs += now().getTime() - startedAtMs;
      }
    };
  return {
    get mayAsk() {
      return ask.mayAsk;
    },
    get stdin() {
      return ask.stdin;
    },
    secret: timed(ask.secret),
    text: timed(ask.text),
    choose: timed(ask.choose),
    confirm: timed(ask.confirm),
    askedMs: () => askedMs,
  };
}
