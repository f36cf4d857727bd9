import { commands } from '../../commands/index.js';
import { EXIT_CODES } from '../../errors/codes.js';
import { DeskError } from '../../errors/desk-error.js';
import { visible } from '../../model/sanitize.js';
import { wantsLinks } from '../../view/terminal-features.js';
import { linkFile } from '../../view/terminal-signals.js';
import { parseCommandLine } from '../parse/program.js';
import { helpLine, pathsOf } from '../parse/usage-error.js';
import type { ProcessContext } from './process-context.js';
import { formatError, stackOf, toDeskError } from './report.js';
import { listenForSignals } from './signals.js';
import { type IOStreams, openStreams } from './streams.js';

/** Runs the program and returns its exit code; handles every error. */
export async function run(processContext: ProcessContext): Promise<number> {
  const signals = listenForSignals(processContext);
  let streams: IOStreams | undefined;
  let exitCode: number;
  try {
    streams = await openStreams(processContext, signals.abort);
    const done = await Promise.race([runCommand(streams, signals.signal), signals.overdue]);
    if (signals.crash !== undefined) throw signals.crash.error;
    exitCode = signals.exitCode ?? done;
  } catch (error) {
    if (streams === undefined) throw error;
    const { crash } = signals;
    const isClosed = crash === undefined && streams.writer.isClosed;
    exitCode = isClosed
      ? 0
      : (signals.exitCode ?? (await reportError(streams, crash ? crash.error : error)));
  } finally {
    if (streams?.flags.isDebug) streams.writer.message(`${streams.timings.line()}\n`);
    if (signals.crash === undefined) signals.stop();
  }
  await processContext.end(exitCode, signals.crash !== undefined);
  return exitCode;
}

/**
 * Parses the command line, runs the command, prints its result and returns the exit code.
 *
 * @throws the command's error, after closing everything.
 */
async function runCommand(streams: IOStreams, signal: AbortSignal): Promise<number> {
  const { processContext, messages, writer, stdout, flags } = streams;
  const invocation = parseCommandLine(commands, processContext.arguments, {
    messages,
    version: processContext.version,
    columns: stdout.columns,
    hasColor: stdout.hasColor,
  });
  switch (invocation.kind) {
    case 'run': {
      // No page of help needs what commands run with.
      const { execute } = await import('./execute.js');
      return execute(streams, invocation, signal);
    }
    case 'group': {
      const { group, text } = invocation;
      if (flags.isJson) throw new DeskError('usage.missingCommand', { group });
      writer.message(text);
      return EXIT_CODES.usage;
    }
    case 'help':
      await writer.result(invocation.text.trimEnd());
      return 0;
    default: {
      const { showHelp } = await import('../help/show-help.js');
      await writer.result(await showHelp(streams, commands, invocation));
      return 0;
    }
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
    columns: stderr.wrapColumns,
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
