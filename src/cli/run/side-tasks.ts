import { createProgress, type Progress, SILENT } from '../../view/progress.js';
import { readTerminalFeatures } from '../../view/terminal-features.js';
import { formatNotification } from '../../view/terminal-signals.js';
import type { IOStreams } from './streams.js';

/** Progress output and the final notification of a command. */
export interface SideTasks {
  readonly progress: Progress;
  announceEnd(): void;
  /** Rings the bell (BEL, ECMA-48) of an interactive terminal. */
  ring(): void;
  end(hasSucceeded: boolean): void;
}

export function startSideTasks(
  streams: IOStreams,
  path: readonly string[],
  signal: AbortSignal,
): SideTasks {
  let isAnnounced = false;
  const progress = openProgress(streams);
  // A second signal or a crash ends the process without calling `end`.
  signal.addEventListener('abort', progress.stop, { once: true });
  if (streams.stderr.isAnimated) process.once('exit', progress.stop);
  return {
    progress,
    announceEnd() {
      isAnnounced = true;
    },
    ring() {
      if (streams.stderr.isAnimated) streams.processContext.stderr.write('\u0007');
    },
    end(hasSucceeded) {
      progress.stop();
      process.off('exit', progress.stop);
      if (isAnnounced && !signal.aborted) announce(streams, path, hasSucceeded);
    },
  };
}

function openProgress({ messages, writer, stderr, flags, processContext }: IOStreams): Progress {
  if (flags.isQuiet || flags.isJson) return SILENT;
  const { isAnimated, hasColor } = stderr;
  const { message: write } = writer;
  const { hasTaskbar } = readTerminalFeatures(processContext.environment);
  const stream = () => processContext.terminal;
  return createProgress({ messages, stream, isAnimated, hasColor, hasTaskbar, write });
}

/** `--notify`: the bell, and a desktop notification where the terminal supports it. Not in CI or without a terminal. */
function announce(streams: IOStreams, path: readonly string[], isDone: boolean) {
  const { processContext, stderr, messages, writer } = streams;
  if (!stderr.isAnimated) return;
  const { notification } = readTerminalFeatures(processContext.environment);
  const words = messages.notices[isDone ? 'done' : 'failed'];
  writer.message(formatNotification(words(path.join(' ')), notification));
}
