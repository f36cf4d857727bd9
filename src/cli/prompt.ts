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

export interface TimedAsk extends Ask {
  /** Total time spent in prompts, in milliseconds; it does not count towards time limits. */
  askedMs(): number;
}

/** The library would print a notice in English. */
const SILENT_THEME = { style: { maskedText: '' } };

/** Prompts on stderr, so that the result can be piped; never reads answers from a pipe. */
export function createAsk(processContext: ProcessContext, options: AskOptions): TimedAsk {
  const { messages } = options;
  const { prompts, login } = messages;
  const { methods } = login;
  const words = (question: Question) => visible(writeQuestion(question, messages));
  let askedMs = 0;

  async function prompt<Answer>(
    show: (streams: {
      readonly input: NodeJS.ReadableStream;
      readonly output: NodeJS.WritableStream;
      readonly signal: AbortSignal;
    }) => Promise<Answer>,
  ): Promise<Answer> {
    options.beforeAsking();
    const startedAtMs = processContext.now().getTime();
    try {
      // Opens stdin only now, because that is slow.
      const { stdin: input, terminal: output } = processContext;
      return await show({ input, output, signal: options.signal });
    } finally {
      askedMs += processContext.now().getTime() - startedAtMs;
    }
  }

  return {
    askedMs: () => askedMs,
    get stdin() {
      return processContext.stdin;
    },
    get mayAsk() {
      const { stdin, stderr } = processContext;
      return !options.isForbidden && stdin.isTTY === true && stderr.isTTY === true;
    },
    async secret(question) {
      const { default: password } = await import('@inquirer/password');
      const message = words(question);
      const silent = { mask: false, toggleMask: false, theme: SILENT_THEME } as const;
      return prompt((streams) => password({ message, ...silent }, streams));
    },
    async text(question) {
      const { default: input } = await import('@inquirer/input');
      const validate = (text: string) => text.trim() !== '' || prompts.empty;
      const text = await prompt((streams) =>
        input({ message: words(question), validate }, streams),
      );
      return text.trim();
    },
    async choose(question, choices) {
      const { default: select } = await import('@inquirer/select');
      // Translates the program's own words, not names from the platform.
      const label = (choice: string) => methods[choice as keyof typeof methods] ?? choice;
      const named = choices.map((choice, value) => ({ name: visible(label(choice)), value }));
      const { move, choose } = prompts.keys;
      const theme = { style: { keysHelpTip: () => `↑↓ ${move} • ⏎ ${choose}` } };
      return prompt((streams) =>
        select({ message: words(question), choices: named, theme }, streams),
      );
    },
    async confirm(question) {
      const { default: confirm } = await import('@inquirer/confirm');
      const transformer = (isYes: boolean) => (isYes ? prompts.yes : prompts.no);
      const theme = { keywords: { error: () => prompts.yesOrNo } };
      const plan = { message: words(question), default: false, transformer, theme };
      return prompt((streams) => confirm(plan, streams));
    },
  };
}
