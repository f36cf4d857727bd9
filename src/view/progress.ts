import type { Messages } from '../i18n/messages.js';
import type { Stage, WaitingStage } from '../model/stage.js';
import { visible } from './sanitize.js';
import { createTaskbar, NO_TASKBAR } from './taskbar.js';

export interface Progress {
  show(stage: Stage): void;
  /** Takes away what is animated; the next stage may start again. */
  stop(): void;
}

export interface ProgressOptions {
  readonly messages: Messages;
  /** Where a spinner is drawn; asked for only then. */
  readonly stream: () => NodeJS.WritableStream;
  /** Whether lines may be drawn over. */
  readonly isAnimated: boolean;
  readonly hasColor: boolean;
  /** Whether the terminal shows progress on its tab. */
  readonly hasTaskbar?: boolean;
  write(text: string): void;
}

export const SILENT: Progress = { show() {}, stop() {} };

/** What stays on the screen: the user has to know it after the stage is over. */
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

/** A spinner where the terminal can draw one, else one plain line for each stage. */
export function createProgress(options: ProgressOptions): Progress {
  const { messages, write } = options;
  const say = (stage: Stage) => write(`${visible(messages.progress(stage))}\n`);
  if (!options.isAnimated) return { show: sparingly(say), stop() {} };
  const spinner = createSpinner(options);
  const taskbar = options.hasTaskbar === true ? createTaskbar(write) : NO_TASKBAR;
  return {
    show(stage) {
      if (stage.kind === 'waiting') taskbar.show(stage);
      // ssh may ask on the terminal while this goes on; a spinner would draw over its question.
      const mayBeAsked = stage.kind === 'routing' && stage.route.kind === 'ssh';
      if (mayBeAsked || NOTICES.has(stage.kind)) {
        spinner.stop();
        say(stage);
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

/** One line for each try of a long wait, and one every 30 s, so that no CI takes a silent job for a dead one. */
function sparingly(say: (stage: Stage) => void): (stage: Stage) => void {
  let last: WaitingStage | undefined;
  return (stage) => {
    if (stage.kind === 'waiting') {
      const isNew = stage.tries !== last?.tries;
      if (!isNew && stage.elapsedMs - (last?.elapsedMs ?? 0) < HEARTBEAT_MS) return;
      last = stage;
    }
    say(stage);
  };
}

/** ora is loaded while the first stage is already under way, and only where it animates. */
function createSpinner({ stream, hasColor }: ProgressOptions) {
  let text: string | undefined;
  let spinner: import('ora').Ora | undefined;
  const loading = () =>
    import('ora').then(({ default: ora }) => {
      // ora would ask chalk, which does not honour `NO_COLOR`.
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
      // Stopped twice, ora would move the cursor of whatever is written by then.
      if (spinner?.isSpinning) spinner.stop();
    },
  };
}
