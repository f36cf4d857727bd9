import type { Messages } from '../i18n/messages.js';
import type { Stage, WaitingStage } from '../model/stage.js';
import { visible } from './sanitize.js';
import { createTaskbar, NO_TASKBAR } from './taskbar.js';

export interface Progress {
  show(stage: Stage): void;
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

/** Stages that are printed as a line and stay on the screen. */
const NOTICES: ReadonlySet<Stage['kind']> = new Set([
  'waitStopped',
  'clockSkewed',
  'keyStored',
  'notSaved',
  'pageNotOpened',
  'tokenEndsSoon',
  'sweepSoon',
  'sshAlive',
  'inUse',
  'idle',
  'lost',
  'redialling',
  'restored',
  'sessionGone',
  'keyExpires',
  'keyExpired',
  'keyOpen',
  'passwordCopied',
  'passwordNotCopied',
  'nothingToType',
  'tunnelsRunning',
  'watching',
]);

/** A spinner on a terminal, else one line per stage. */
export function createProgress(options: ProgressOptions): Progress {
  const { messages, write } = options;
  const writeLine = (stage: Stage) => write(`${visible(messages.progress(stage))}\n`);
  if (!options.isAnimated) return { show: throttle(writeLine), stop() {} };
  const spinner = createSpinner(options);
  const taskbar = options.hasTaskbar === true ? createTaskbar(write) : NO_TASKBAR;
  return {
    show(stage) {
      if (stage.kind === 'waiting') taskbar.show(stage);
      // ssh may prompt on the terminal during this stage; a spinner would overwrite the prompt.
      const mayPrompt = stage.kind === 'routing' && stage.route.kind === 'ssh';
      if (mayPrompt || NOTICES.has(stage.kind)) {
        spinner.stop();
        writeLine(stage);
      } else {
        spinner.start(visible(messages.progress(stage)));
      }
    },
    stop() {
      spinner.stop();
      taskbar.clear();
    },
  };
}

const HEARTBEAT_MS = 30_000;

/** One line per attempt and every 30 s of a long wait, so that CI does not kill a silent job. */
function throttle(writeLine: (stage: Stage) => void): (stage: Stage) => void {
  let last: WaitingStage | undefined;
  return (stage) => {
    if (stage.kind === 'waiting') {
      const isNew = stage.tries !== last?.tries;
      if (!isNew && stage.elapsedMs - (last?.elapsedMs ?? 0) < HEARTBEAT_MS) return;
      last = stage;
    }
    writeLine(stage);
  };
}

/** Loads ora in the background, on the first stage. */
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
