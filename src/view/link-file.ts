import { pathToFileURL } from 'node:url';
import { visible } from './sanitize.js';
import { formatLink } from './terminal-signals.js';

/**
 * Makes a link of the last place where a path stands in a text, for terminals where links are wanted.
 *
 * @param shown - Finished: it has passed the output gate.
 */
export function linkFile(shown: string, path: string): string {
  const text = visible(path);
  const at = shown.lastIndexOf(text);
  if (at < 0 || text === '') return shown;
  const link = formatLink(text, pathToFileURL(path));
  return shown.slice(0, at) + link + shown.slice(at + text.length);
}
