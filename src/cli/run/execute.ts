import { isRunning, type RawInput } from '../../commands/command.js';
import { commands } from '../../commands/index.js';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { formatZonedTime } from '../../model/time.js';
import { createContext } from '../context.js';
import { commandTree } from '../help/command-tree.js';
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
  let hasSucceeded = false;
  const context = createContext({
    processContext,
    settings,
    request,
    signal,
    language: streams.locale,
    ask: createAsk(processContext, {
      messages,
      isForbidden: isAskingForbidden(streams, input),
      signal,
      beforeAsking: progress.stop,
    }),
    commandTree: () => commandTree(commands, messages),
    progress(message) {
      streams.timings.observe(message);
      progress.show(message);
    },
    announceEnd: sideTasks.announceEnd,
    ring: sideTasks.ring,
    keepSecret: streams.keepSecret,
    redact: streams.redact,
    log: streams.trace.log,
    onRequest: streams.timings.addRequest,
  });
  try {
    const outcome = await command.run(context, options);
    progress.stop();
    const stays = isRunning(outcome);
    // Handled below, but it may reject while the result is being written.
    if (stays) outcome.closed?.catch(() => {});
    const form = { request, stays, timeZone: context.timeZone };
    await printResult(streams, command, stays ? outcome.ready : outcome, form);
    if (stays) {
      for await (const update of outcome.updates ?? []) {
        await printResult(streams, command, update, form);
      }
      await Promise.all([outcome.onPrinted?.(), outcome.closed]);
    }
    hasSucceeded = true;
    return command.exitCode?.(stays ? outcome.ready : outcome) ?? 0;
  } catch (error) {
    throw await inPlatformZone(error, context.timeZone);
  } finally {
    progress.stop();
    await context.close();
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
  const options = { cause: error, ...(platform && { platform }) };
  return new DeskError('auth.expired', { expiredAt }, options);
}
