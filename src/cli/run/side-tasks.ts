import type { StatusMessage } from '../../model/status.js';
import { createProgress, type Progress, SILENT } from '../../view/progress.js';
import { readTerminalFeatures } from '../../view/terminal-features.js';
import { formatNotification } from '../../view/terminal-signals.js';
import type { IOStreams } from './streams.js';

export type SideTasks = ReturnType<typeof startSideTasks>;

/** Progress output and the final notification of a command. */
export function startSideTasks(streams: IOStreams, path: readonly string[], signal: AbortSignal) {
  const { processContext, messages, writer, stderr, timings } = streams;
  const { hasTaskbar, notification } = readTerminalFeatures(processContext.environment);
  let isAnnounced = false;
  const { show, stop } = openProgress(streams, hasTaskbar);
  // A second signal or a crash ends the process without calling `end`.
  signal.addEventListener('abort', stop, { once: true });
  if (stderr.isAnimated) process.once('exit', stop);
  return {
    progress: {
      show(message: StatusMessage) {
        timings.observe(message);
        show(message);
      },
      stop,
    },
    /** Notifies the user at the end (`--notify`). */
    announceEnd() {
      isAnnounced = true;
    },
    /** Rings the bell (BEL, ECMA-48) of an interactive terminal. */
    ring() {
      if (stderr.isAnimated) processContext.stderr.write('\u0007');
    },
    end(hasSucceeded: boolean) {
      stop();
      process.off('exit', stop);
      // The bell, and a desktop notification where the terminal supports it; not in CI or without a terminal.
      if (!isAnnounced || signal.aborted || !stderr.isAnimated) return;
      const words = messages.notices[hasSucceeded ? 'done' : 'failed'];
      writer.message(formatNotification(words(path.join(' ')), notification));
    },
  };
}

function openProgress(streams: IOStreams, hasTaskbar: boolean): Progress {
  const { messages, writer, stderr, flags, processContext } = streams;
  if (flags.isQuiet || flags.isJson) return SILENT;
  const { isAnimated, hasColor } = stderr;
  const stream = () => processContext.terminal;
  return createProgress({
    messages,
    stream,
    isAnimated,
    hasColor,
    hasTaskbar,
    write: writer.message,
  });
}
