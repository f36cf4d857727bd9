import { commands } from '../../commands/index.js';
import { EXIT_CODES } from '../../errors/codes.js';
import { DeskError } from '../../errors/desk-error.js';
import { parseCommandLine } from '../parse/program.js';
import type { IOStreams } from './streams.js';
import type { Writer } from './writer.js';

/**
 * Parses the command line, runs the command, prints its result and returns the exit code.
 *
 * @throws the command's error, after closing everything.
 */
export async function runCommand(streams: IOStreams, signal: AbortSignal): Promise<number> {
  const { processContext, messages, writer, stdout, flags } = streams;
  const invocation = parseCommandLine(commands, processContext.arguments, {
    messages,
    version: processContext.version,
    columns: stdout.columns,
    hasColor: stdout.hasColor,
  });
  if (invocation.kind === 'help') return printText(writer, invocation.text.trimEnd());
  if (invocation.kind === 'group') {
    const { group, text } = invocation;
    if (flags.isJson) throw new DeskError('usage.missingCommand', { group });
    writer.message(text);
    return EXIT_CODES.usage;
  }
  if (invocation.kind !== 'run') {
    const { showHelp } = await import('../help/show-help.js');
    return printText(writer, await showHelp(streams, commands, invocation));
  }
  // No page of help needs what commands run with.
  const { execute } = await import('./execute.js');
  return execute(streams, invocation, signal);
}

async function printText(writer: Writer, text: string): Promise<number> {
  await writer.result(text);
  return 0;
}
