import { type Messages, writeStatus } from '../i18n/messages.js';
import { visible } from '../model/sanitize.js';
import type { ProgressEvent, StatusMessage, WaitingEvent } from '../model/status.js';
import { formatTaskbar } from './terminal-signals.js';

export interface Progress {
  show(message: StatusMessage): void;
  /** Removes the spinner; the next `show` may start it again. */
  stop(): void;
}

export interface ProgressOptions {
  readonly messages: Messages;
  /** Called only when a spinner is drawn. */
  readonly stream: () => NodeJS.WritableStream;
  /** Whether lines may be overwritten. */
  readonly isAnimated: boolean;
  readonly hasColor: boolean;
  /** Whether the terminal shows progress on its tab. */
  readonly hasTaskbar?: boolean;
  write(text: string): void;
}

export const SILENT: Progress = { show() {}, stop() {} };

/** The kinds that take the line of the spinner. */
const PROGRESS: Readonly<Record<ProgressEvent['kind'], true>> = {
  asking: true,
  creating: true,
  deleting: true,
  routing: true,
  greeted: true,
  viewing: true,
  deserted: true,
  startingSandbox: true,
  openingPage: true,
  waiting: true,
};

/** A spinner on a terminal, else one line per message. */
export function createProgress(options: ProgressOptions): Progress {
  const { messages, write } = options;
  const writeLine = (message: StatusMessage) =>
    write(`${visible(writeStatus(message, messages))}\n`);
  if (!options.isAnimated) return { show: throttle(writeLine), stop() {} };
  const spinner = createSpinner(options);
  const taskbar = options.hasTaskbar === true ? createTaskbar(write) : undefined;
  return {
    show(message) {
      if (message.kind === 'waiting') taskbar?.show(message);
      // ssh may prompt on the terminal meanwhile; a spinner would overwrite the prompt.
      const mayPrompt = message.kind === 'routing' && message.route.kind === 'ssh';
      if (mayPrompt || !(message.kind in PROGRESS)) {
        spinner.stop();
        writeLine(message);
      } else {
        spinner.start(visible(writeStatus(message, messages)));
      }
    },
    stop() {
      spinner.stop();
      taskbar?.clear();
    },
  };
}

const HEARTBEAT_MS = 30_000;

/** One line per attempt and every 30 s of a long wait, so that CI does not kill a silent job. */
function throttle(writeLine: (message: StatusMessage) => void): (message: StatusMessage) => void {
  let last: WaitingEvent | undefined;
  return (message) => {
    if (message.kind === 'waiting') {
      const isNew = message.tries !== last?.tries;
      if (!isNew && message.elapsedMs - (last?.elapsedMs ?? 0) < HEARTBEAT_MS) return;
      last = message;
    }
    writeLine(message);
  };
}

/** Loads ora in the background, with the first text. */
function createSpinner({ stream, hasColor }: ProgressOptions) {
  let text: string | undefined;
  let spinner: import('ora').Ora | undefined;
  const loading = () =>
    import('ora').then(({ default: ora }) => {
      // ora's own detection (chalk) ignores `NO_COLOR`.
      const color = hasColor ? 'cyan' : false;
      spinner ??= ora({ stream: stream(), isEnabled: true, discardStdin: false, color });
      if (text !== undefined) spinner.start(text);
    });
  return {
    start(next: string) {
      text = next;
      if (spinner === undefined) void loading();
      else spinner.start(next);
    },
    stop() {
      text = undefined;
      // A second `stop` would move the cursor within later output.
      if (spinner?.isSpinning) spinner.stop();
    },
  };
}

const REFRESH_MS = 5_000;

/** Progress of a long wait on the terminal's tab or in the taskbar, written at most every 5 s. */
export function createTaskbar(write: (text: string) => void) {
  let shownAtMs: number | undefined;
  return {
    show({ elapsedMs, remainingMs }: WaitingEvent) {
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
