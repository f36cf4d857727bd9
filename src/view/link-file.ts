import { pathToFileURL } from 'node:url';
import { visible } from '../model/sanitize.js';
import { formatLink } from './terminal-signals.js';

/**
 * Turns the last occurrence of a path in a text into an OSC 8 link.
 *
 * @param shown - Already sanitized.
 */
export function linkFile(shown: string, path: string): string {
  const text = visible(path);
  const at = shown.lastIndexOf(text);
  if (at < 0 || text === '') return shown;
  const link = formatLink(text, pathToFileURL(path));
  return shown.slice(0, at) + link + shown.slice(at + text.length);
}
