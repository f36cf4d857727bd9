import { commands } from '../../commands/index.js';
import { visible } from '../../model/sanitize.js';
import { wantsLinks } from '../../view/terminal-features.js';
import { linkFile } from '../../view/terminal-signals.js';
import { helpLine, pathsOf } from '../parse/usage-error.js';
import { type CrashWatch, listenForCrash } from './crash.js';
import type { ProcessContext } from './process-context.js';
import { formatError, stackOf, toDeskError } from './report.js';
import { runCommand } from './run-command.js';
import { listenForSignals, type Signals } from './signals.js';
import { type IOStreams, openStreams } from './streams.js';

/** Runs the program and returns its exit code; handles every error. */
export async function run(processContext: ProcessContext): Promise<number> {
  const signals = listenForSignals(processContext);
  const watch = listenForCrash(processContext, signals.abort);
  try {
    const exitCode = await runToEnd(processContext, signals, watch);
    // After a crash, open handles may keep the process alive.
    if (watch.crash !== undefined) processContext.exit(exitCode);
    return exitCode;
  } finally {
    signals.stop();
    watch.stop();
  }
}

async function runToEnd(
  processContext: ProcessContext,
  signals: Signals,
  watch: CrashWatch,
): Promise<number> {
  const streams = await openStreams(processContext, signals.abort);
  try {
    const exitCode = await Promise.race([runCommand(streams, signals.signal), watch.overdue]);
    if (watch.crash !== undefined) throw watch.crash.error;
    return signals.exitCode ?? exitCode;
  } catch (error) {
    const { crash } = watch;
    if (crash === undefined && streams.writer.isClosed) return 0;
    if (signals.exitCode !== undefined) return signals.exitCode;
    return await reportError(streams, crash === undefined ? error : crash.error);
  } finally {
    if (streams.flags.isDebug) streams.writer.message(`${streams.timings.line()}\n`);
  }
}

const CANCELLED = 130;

async function reportError(streams: IOStreams, error: unknown): Promise<number> {
  // In a prompt, Ctrl-C is a key in raw mode, not a signal.
  if (error instanceof Error && error.name === 'ExitPromptError') return CANCELLED;
  const { messages, stderr, trace, flags, writer } = streams;
  const { isJson, isDebug } = flags;
  const known = toDeskError(error);
  const form = {
    messages,
    theme: stderr.theme,
    isJson,
    isDebug,
    helpLine: helpLine(streams.processContext.arguments, pathsOf(commands)),
    ...(stderr.isTerminal && { columns: stderr.columns }),
  };
  writer.message(`${formatError(known, form)}\n`);
  const { code, details, platform } = known;
  await streams.processContext.background?.send({ failure: { code, details }, platform });
  const isBug = known.family === 'bug';
  if (isBug || !trace.isEmpty) {
    const path = await trace.keep(stackOf(known));
    if (isBug && path !== undefined && !isJson) {
      const shown = visible(messages.report.traceAt(path));
      const hasLinks = stderr.isTerminal && wantsLinks(streams.processContext.environment);
      writer.message(`${hasLinks ? linkFile(shown, path) : shown}\n`);
    }
  }
  return known.exitCode;
}
