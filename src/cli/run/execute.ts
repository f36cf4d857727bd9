import { isRunning, type RawInput, type Running } from '../../commands/command.js';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { formatZonedTime } from '../../model/time.js';
import { createContext } from '../context.js';
import { checkOutputOptions } from '../output/format.js';
import { readOutputOptions } from '../output/output-options.js';
import { printResult } from '../output/print-result.js';
import type { Invocation } from '../parse/program.js';
import { createAsk } from '../prompt.js';
import { startSideTasks } from './side-tasks.js';
import type { IOStreams } from './streams.js';
import { isSet } from './terminal.js';

/**
 * Runs a command, and prints its result.
 *
 * @returns the exit code.
 * @throws whatever the command throws, after everything it opened is closed.
 */
export async function execute(
  streams: IOStreams,
  invocation: Extract<Invocation, { kind: 'run' }>,
  signal: AbortSignal,
): Promise<number> {
  const { processContext, messages } = streams;
  const { command, input, settings } = invocation;
  const request = readOutputOptions(input);
  checkOutputOptions(command, request);
  const options = command.parse?.(input);

  const sideTasks = startSideTasks(streams, command.path, signal);
  const { progress } = sideTasks;
  const ask = createAsk(processContext, {
    messages,
    isForbidden: isAskingForbidden(streams, input),
    signal,
    beforeAsking: progress.stop,
  });
  const parts = { settings, request, signal, ask, sideTasks };
  const { context, timeZone, close } = createContext(streams, parts);
  let hasSucceeded = false;
  try {
    const outcome = await command.run(context, options);
    progress.stop();
    const stays = isRunning(outcome);
    const running: Running<unknown> = stays ? outcome : { ready: outcome };
    // Handled below, but it may reject while the result is being written.
    running.closed?.catch(() => {});
    const form = { request, stays, timeZone };
    await printResult(streams, command, running.ready, form);
    for await (const update of running.updates ?? []) {
      await printResult(streams, command, update, form);
    }
    await Promise.all([running.onPrinted?.(), running.closed]);
    hasSucceeded = true;
    return command.exitCode?.(running.ready) ?? 0;
  } catch (error) {
    throw await inPlatformZone(error, timeZone);
  } finally {
    progress.stop();
    await close();
    sideTasks.end(hasSucceeded);
  }
}

function isAskingForbidden({ processContext, flags }: IOStreams, input: RawInput): boolean {
  const { HPC_DESK_NO_INPUT, CI } = processContext.environment;
  return input.has('--no-input') || isSet(HPC_DESK_NO_INPUT) || isSet(CI) || flags.isJson;
}

/** The end of a token is stored in UTC, but printed in the platform's zone like every time. */
async function inPlatformZone(error: unknown, timeZone: () => Promise<string>): Promise<unknown> {
  if (!isDeskError(error, 'auth.expired') || error.details.expiredAt === undefined) return error;
  const { platform } = error;
  const expiredAt = formatZonedTime(new Date(error.details.expiredAt), await timeZone());
  const options = { cause: error, platform };
  return new DeskError('auth.expired', { expiredAt }, options);
}
