import { DeskError } from '../../errors/desk-error.js';
import { beginsWith } from '../../model/begins-with.js';
import { nearestWord } from '../../model/nearest-word.js';

type Paths = readonly (readonly string[])[];

/** The words that may follow these command words. */
export function commandWords(before: readonly string[], paths: Paths): readonly string[] {
  const below = paths.filter((path) => beginsWith(path, before));
  return [...new Set(below.flatMap((path) => path[before.length] ?? []))];
}

/** What somebody meant by a word that is no command: one that may stand there, or one whose noun was left out. */
export function suggestCommand(
  word: string,
  before: readonly string[],
  paths: Paths,
): string | undefined {
  const here = nearestWord(word, commandWords(before, paths));
  if (here !== undefined || before.length > 0) return here;
  const longer = paths.filter((path) => path.length > 1);
  const verb = nearestWord(
    word,
    longer.map((path) => path.at(-1) ?? ''),
  );
  return longer.find((path) => path.at(-1) === verb)?.join(' ');
}

/** The error for the first operand that is no command; commander would offer the verbs of every group. */
export function unknownCommand(operands: readonly string[], paths: Paths): DeskError {
  const position = operands.findIndex(
    (word, index) => !commandWords(operands.slice(0, index), paths).includes(word),
  );
  const word = operands[position] ?? '';
  const suggestion = suggestCommand(word, operands.slice(0, position), [...paths, ['help']]);
  return new DeskError('usage.unknownCommand', { word, suggestion });
}
