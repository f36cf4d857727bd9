import { DeskError } from '../../errors/desk-error.js';
import { readEarlyFlags } from '../parse/early-flags.js';
import { commandWords, suggestCommand } from '../parse/usage-error.js';

/** Help pages that belong to no command, in the order of help; their texts are `i18n/LANGUAGE/topics.ts`. */
export const TOPICS = ['environment', 'exit-codes', 'output', 'proxy', 'vnc-viewers'] as const;

export type TopicName = (typeof TOPICS)[number];

/** Help that is more than a page of commander; each is loaded only when it is asked for. */
export type HelpRequest =
  | { readonly kind: 'topic'; readonly topic: TopicName; readonly isJson: boolean }
  /** The command tree as JSON, from the command or group of this path down. */
  | { readonly kind: 'tree'; readonly path: readonly string[] };

/**
 * What `help …` asks for; undefined when it is a page of commander.
 *
 * @param words - The whole line, with `help` as its first operand.
 * @param operands - Those words that are neither options nor their values, without `help`.
 * @param paths - Of all commands.
 * @throws usage.unknownCommand, usage.tooManyArguments
 */
export function readHelpRequest(
  words: readonly string[],
  operands: readonly string[],
  paths: readonly (readonly string[])[],
): HelpRequest | undefined {
  const { isJson } = readEarlyFlags(words);
  const [first, second] = operands;
  const topic = TOPICS.find((name) => name === first);
  if (topic !== undefined) {
    if (second !== undefined) throw new DeskError('usage.tooManyArguments', { word: second });
    return { kind: 'topic', topic, isJson };
  }
  checkPath(operands, paths);
  return isJson ? { kind: 'tree', path: operands } : undefined;
}

function checkPath(operands: readonly string[], paths: readonly (readonly string[])[]): void {
  for (const [index, word] of operands.entries()) {
    const before = operands.slice(0, index);
    const known = commandWords(before, paths);
    if (known.includes(word)) continue;
    // What follows a whole command is an argument of it, which help has no use for.
    if (known.length === 0) return;
    const pages = index === 0 ? [...paths, ...TOPICS.map((topic) => [topic])] : paths;
    const suggestion = suggestCommand(word, before, pages);
    throw new DeskError('usage.unknownCommand', { word, suggestion });
  }
}
