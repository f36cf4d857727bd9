import { DeskError } from '../errors/desk-error.js';
import { nearestWord } from '../model/nearest-word.js';

/**
 * The only one of those that a selector matches.
 *
 * @param known - Words that the user may have meant.
 * @param nameOf - For the list of several matches.
 * @throws KIND.notFound, KIND.ambiguous
 */
export function takeOnly<Item>(
  kind: 'session' | 'tunnel' | 'cluster',
  selector: string | undefined,
  matching: readonly Item[],
  known: readonly string[],
  nameOf: (item: Item) => string,
): Item {
  const [item, ...others] = matching;
  if (item === undefined) {
    const suggestion = selector ? nearestWord(selector, known) : undefined;
    throw new DeskError(`${kind}.notFound`, { selector, suggestion });
  }
  if (others.length === 0) return item;
  throw new DeskError(`${kind}.ambiguous`, { selector, matches: matching.map(nameOf) });
}
