import { type Command, isByteStream } from '../../commands/command.js';
import { visible } from '../../model/sanitize.js';
import { wantsLinks } from '../../view/terminal-features.js';
import type { ProcessContext } from '../run/process-context.js';
import { formatAdvice } from '../run/report.js';
import type { IOStreams } from '../run/streams.js';
import { fieldRows, formatResult } from './format.js';
import type { OutputOptions } from './output-options.js';

export interface ResultForm {
  readonly request: OutputOptions;
  /** Whether the command keeps running after this result. */
  readonly stays: boolean;
  timeZone(): Promise<string>;
}

/** Writes the result to stdout and advice to stderr. */
export async function printResult(
  streams: IOStreams,
  command: Command,
  result: unknown,
  { request, stays, timeZone }: ResultForm,
): Promise<void> {
  const { writer, stdout, flags } = streams;
  if (isByteStream(result)) return writer.bytes(result);
  const { format = stdout.isTerminal ? 'table' : 'tsv', fields, field } = request;
  const text =
    format === 'table' && field === undefined
      ? await viewResult(streams, command, result, fields, await timeZone())
      : formatResult(command, result, request, stdout.isTerminal && !stays);
  await writer.result(text);
  if (!flags.isJson) printAdvice(streams, command, result);
}

/** Imports the table code only for display. */
async function viewResult(
  { messages, stdout, processContext }: IOStreams,
  command: Command,
  result: unknown,
  fields: readonly string[] | undefined,
  timeZone: string,
): Promise<string> {
  const { createUi } = await import('../../view/ui.js');
  const { theme, wrapColumns: columns } = stdout;
  const hasLinks = stdout.isTerminal && wantsLinks(processContext.environment);
  const ui = createUi({ messages, theme, columns, hasLinks, timeZone, now: processContext.now() });
  if (fields === undefined) return command.view(result, ui);
  return ui.table(fields, fieldRows(command, result, fields), messages.vnc.list.empty);
}

function printAdvice(streams: IOStreams, command: Command, result: unknown): void {
  const { processContext, messages, writer, stdout, stderr, flags } = streams;
  const advice = command.advise?.(result, messages, processContext.now()) ?? {};
  if (!flags.isQuiet) {
    const form = { messages, theme: stderr.theme, columns: stderr.wrapColumns };
    writer.message(formatAdvice(advice, form, stdout.isTerminal && stderr.isTerminal));
  }
  if (wantsAnnotations(processContext.environment)) {
    const title = `hpc-desk ${command.path.join(' ')}`;
    writer.message(formatAnnotations(title, advice.problems ?? []));
  }
}

/** Whether this runs in GitHub Actions, which parses annotations in the output. */
export function wantsAnnotations(environment: ProcessContext['environment']): boolean {
  return environment.GITHUB_ACTIONS === 'true';
}

/**
 * Problems as workflow commands, one per line. Written to stderr, which the runner reads too, because stdout is for the
 * result.
 *
 * Source: docs.github.com, “Workflow commands for GitHub Actions”.
 */
export function formatAnnotations(title: string, problems: readonly string[]): string {
  const head = `::error title=${escapeProperty(title)}::`;
  return problems.map((problem) => `${head}${escapeData(visible(problem))}\n`).join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
