import { pathToFileURL } from 'node:url';
import { visible } from '../model/sanitize.js';
import type { Notification } from './terminal-features.js';

const BELL = '\x07';
const END = '\x1b\\';

/** The bell, and a notification if the terminal supports one. */
export function formatNotification(text: string, notification: Notification | undefined): string {
  // Semicolons separate fields.
  const shown = visible(text).replaceAll(';', ',');
  const sequences: Record<Notification, string> = {
    // The prefix also prevents leading digits, which are ConEmu commands.
    osc9: `9;hpc-desk: ${shown}`,
    osc99: `99;;hpc-desk: ${shown}`,
    osc777: `777;notify;hpc-desk;${shown}`,
  };
  return notification === undefined ? BELL : `${BELL}\x1b]${sequences[notification]}${END}`;
}

/** A hyperlink (OSC 8); unsupported terminals show the text. */
export function formatLink(text: string, url: URL): string {
  return `\x1b]8;;${url.href}${END}${text}\x1b]8;;${END}`;
}

/** Progress from 0 to 1 (OSC 9;4); undefined removes it. */
export function formatTaskbar(fraction: number | undefined): string {
  if (fraction === undefined) return `\x1b]9;4;0;0${END}`;
  const percent = Math.min(99, Math.max(1, Math.round(fraction * 100)));
  return `\x1b]9;4;1;${percent}${END}`;
}

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
