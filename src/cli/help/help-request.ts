import { DeskError } from '../../errors/desk-error.js';
import { readEarlyFlags } from '../parse/early-flags.js';
import { type Paths, unknownCommand } from '../parse/usage-error.js';

/** Help topics in the order of help; texts are in `i18n/LANGUAGE/topics.ts`. */
export const TOPICS = ['environment', 'exit-codes', 'output', 'proxy', 'vnc-viewers'] as const;

export type TopicName = (typeof TOPICS)[number];

/** Help that is not a commander page; loaded on demand. */
export type HelpRequest =
  | { readonly kind: 'topic'; readonly topic: TopicName; readonly isJson: boolean }
  /** The command tree as JSON, from this command or group down. */
  | { readonly kind: 'tree'; readonly path: readonly string[] };

/**
 * Parses `help …`; undefined for a commander page.
 *
 * @param words - The command line, with `help` as its first operand.
 * @param operands - Its operands after `help`.
 * @param paths - Of all commands.
 * @throws usage.unknownCommand, usage.tooManyArguments
 */
export function readHelpRequest(
  words: readonly string[],
  operands: readonly string[],
  paths: Paths,
): HelpRequest | undefined {
  const { isJson } = readEarlyFlags(words);
  const [first, second] = operands;
  const topic = TOPICS.find((name) => name === first);
  if (topic !== undefined) {
    if (second !== undefined) throw new DeskError('usage.tooManyArguments', { word: second });
    return { kind: 'topic', topic, isJson };
  }
  const error = unknownCommand(operands, paths, TOPICS);
  if (error !== undefined) throw error;
  return isJson ? { kind: 'tree', path: operands } : undefined;
}
