import type { Ask } from '../commands/context.js';
import { type Messages, writeQuestion } from '../i18n/messages.js';
import { visible } from '../model/sanitize.js';
import type { Question } from '../model/status.js';
import type { ProcessContext } from './run/process-context.js';

export interface AskOptions {
  readonly messages: Messages;
  /** `--no-input`, its variable, CI, or machine-readable output. */
  readonly isForbidden: boolean;
  readonly signal: AbortSignal;
  /** Clears progress output before a prompt. */
  beforeAsking(): void;
}

/** The library would print a notice in English. */
const SILENT_THEME = { style: { maskedText: '' } };

/** Prompts on stderr, so that the result can be piped; never reads answers from a pipe. */
export function createAsk(processContext: ProcessContext, options: AskOptions): Ask {
  const { messages, beforeAsking } = options;
  const { prompts } = messages;
  // Opens stdin only on use, because that is slow.
  const streams = () => ({
    input: processContext.stdin,
    output: processContext.terminal,
    signal: options.signal,
  });
  const words = (question: Question) => visible(writeQuestion(question, messages));
  return {
    get stdin() {
      return processContext.stdin;
    },
    get mayAsk() {
      return (
        !options.isForbidden &&
        processContext.stdin.isTTY === true &&
        processContext.stderr.isTTY === true
      );
    },
    async secret(question) {
      const { default: password } = await import('@inquirer/password');
      beforeAsking();
      const message = words(question);
      return password({ message, mask: false, toggleMask: false, theme: SILENT_THEME }, streams());
    },
    async text(question) {
      const { default: input } = await import('@inquirer/input');
      beforeAsking();
      const validate = (text: string) => text.trim() !== '' || prompts.empty;
      return (await input({ message: words(question), validate }, streams())).trim();
    },
    async choose(question, choices) {
      const { default: select } = await import('@inquirer/select');
      beforeAsking();
      const named = choices.map((choice, value) => ({ name: visible(label(choice)), value }));
      const { move, choose } = prompts.keys;
      const theme = { style: { keysHelpTip: () => `↑↓ ${move} • ⏎ ${choose}` } };
      return select({ message: words(question), choices: named, theme }, streams());
    },
    async confirm(question) {
      const { default: confirm } = await import('@inquirer/confirm');
      beforeAsking();
      return confirm(
        {
          message: words(question),
          default: false,
          transformer: (isYes) => (isYes ? prompts.yes : prompts.no),
          theme: { keywords: { error: () => prompts.yesOrNo } },
        },
        streams(),
      );
    },
  };

  /** Translates the program's own words, not names from the platform. */
  function label(choice: string): string {
    const { methods } = messages.login;
    return methods[choice as keyof typeof methods] ?? choice;
  }
}

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
