import { visible } from './sanitize.js';
import type { TerminalFeatures } from './terminal-features.js';

const BELL = '\x07';
const END = '\x1b\\';

/** The bell, and a notification where the terminal shows one. */
export function formatNotification(
  text: string,
  notification: TerminalFeatures['notification'],
): string {
  // Semicolons part the fields of a sequence.
  const shown = visible(text).replaceAll(';', ',');
  switch (notification) {
    case undefined:
      return BELL;
    // Digits at the start would be read as one of ConEmu's other orders.
    case 'osc9':
      return `${BELL}\x1b]9;hpc-desk: ${shown}${END}`;
    case 'osc99':
      return `${BELL}\x1b]99;;hpc-desk: ${shown}${END}`;
    case 'osc777':
      return `${BELL}\x1b]777;notify;hpc-desk;${shown}${END}`;
  }
}

/** Text that leads to a URL (OSC 8); the text says enough where that is not known. */
export function formatLink(text: string, url: URL): string {
  return `\x1b]8;;${url.href}${END}${text}\x1b]8;;${END}`;
}

/** Progress from 0 to 1 on the tab or in the taskbar (OSC 9;4); undefined takes it away. */
export function formatTaskbar(fraction: number | undefined): string {
  if (fraction === undefined) return `\x1b]9;4;0;0${END}`;
  const percent = Math.min(99, Math.max(1, Math.round(fraction * 100)));
  return `\x1b]9;4;1;${percent}${END}`;
}
