import type { WaitingEvent } from '../model/status.js';
import { formatTaskbar } from './terminal-signals.js';

/** Progress of a long wait on the terminal's tab or in the taskbar. */
export interface Taskbar {
  show(message: WaitingEvent): void;
  clear(): void;
}

const REFRESH_MS = 5_000;

export const NO_TASKBAR: Taskbar = { show() {}, clear() {} };

/** Writes at most every 5 s. */
export function createTaskbar(write: (text: string) => void): Taskbar {
  let shownAtMs: number | undefined;
  return {
    show({ elapsedMs, remainingMs }) {
      if (shownAtMs !== undefined && elapsedMs - shownAtMs < REFRESH_MS) return;
      shownAtMs = elapsedMs;
      write(formatTaskbar(elapsedMs / (elapsedMs + remainingMs)));
    },
    clear() {
      if (shownAtMs === undefined) return;
      shownAtMs = undefined;
      write(formatTaskbar(undefined));
    },
  };
}
