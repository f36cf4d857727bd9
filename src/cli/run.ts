import { visible } from '../view/sanitize.js';
import { type Edge, openEdge } from './edge.js';
import { formatError, stackOf, toDeskError } from './report.js';
import { runCommand } from './run-command.js';
import { listenForSignals } from './signals.js';
import type { World } from './world.js';

/** One run of the program, from words to exit code; the only place where an error ends. */
export async function run(world: World): Promise<number> {
  const signals = listenForSignals(world);
  const edge = await openEdge(world, signals.abort);
  try {
    const exitCode = await runCommand(edge, signals.signal);
    return signals.exitCode ?? exitCode;
  } catch (error) {
    if (edge.writer.isClosed) return 0;
    if (signals.exitCode !== undefined) return signals.exitCode;
    return await reportError(edge, error);
  } finally {
    signals.stop();
  }
}

const CANCELLED = 130;

async function reportError(edge: Edge, error: unknown): Promise<number> {
  // Ctrl-C inside a question reaches the prompt library as a key, not as a signal.
  if (error instanceof Error && error.name === 'ExitPromptError') return CANCELLED;
  const { messages, stderr, trace, wishes, writer } = edge;
  const { isJson, isDebug } = wishes;
  const known = toDeskError(error);
  writer.message(`${formatError(known, { messages, theme: stderr.theme, isJson, isDebug })}\n`);
  const isBug = known.family === 'bug';
  if (isBug || !trace.isEmpty) {
    const path = await trace.keep(stackOf(known));
    if (isBug && path !== undefined && !isJson)
      writer.message(`${visible(messages.report.traceAt(path))}\n`);
  }
  return known.exitCode;
}
