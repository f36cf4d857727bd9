import { type AnyCommand, isByteStream } from '../../commands/command.js';
import { visible } from '../../model/sanitize.js';
import { wantsLinks } from '../../view/terminal-features.js';
import type { ProcessContext } from '../run/process-context.js';
import { formatAdvice } from '../run/report.js';
import type { IOStreams } from '../run/streams.js';
import { fieldRows, formatResult } from './format.js';
import type { OutputOptions } from './output-options.js';

export interface ResultForm {
  readonly request: OutputOptions;
  readonly stays: boolean;
  timeZone(): Promise<string>;
}

/** Writes the result to stdout and advice to stderr. */
export async function printResult(
  streams: IOStreams,
  command: AnyCommand,
  result: unknown,
  { request, stays, timeZone }: ResultForm,
): Promise<void> {
  const { processContext, messages, writer, stdout, stderr, flags } = streams;
  if (isByteStream(result)) return writer.bytes(result);
  const format = request.format ?? (stdout.isTerminal ? 'table' : 'tsv');
  if (format === 'table' && request.field === undefined) {
    await writer.result(
      await viewResult(streams, command, result, { request, timeZone: await timeZone() }),
    );
  } else {
    const machine = format === 'table' ? 'tsv' : format;
    const isIndented = stdout.isTerminal && !stays;
    await writer.result(formatResult(command, result, { format: machine, request, isIndented }));
  }
  if (!flags.isJson) {
    const advice = command.advise?.(result, messages, processContext.now()) ?? {};
    const adviceForm = {
      messages,
      theme: stderr.theme,
      ...(stderr.isTerminal && { columns: stderr.columns }),
    };
    const isForPeople = stdout.isTerminal && stderr.isTerminal;
    if (!flags.isQuiet) {
      writer.message(formatAdvice(advice, adviceForm, isForPeople));
    }
    if (wantsAnnotations(processContext.environment)) {
      const title = `hpc-desk ${command.path.join(' ')}`;
      writer.message(formatAnnotations(title, advice.problems ?? []));
    }
  }
}

/** Imports the table code only for display. */
async function viewResult(
  { messages, stdout, processContext }: IOStreams,
  command: AnyCommand,
  result: unknown,
  { request: { fields }, timeZone }: { readonly request: OutputOptions; readonly timeZone: string },
): Promise<string> {
  const { createUi } = await import('../../view/ui.js');
  const { theme } = stdout;
  // Files have no width limit.
  const columns = stdout.isTerminal ? stdout.columns : Number.POSITIVE_INFINITY;
  const hasLinks = stdout.isTerminal && wantsLinks(processContext.environment);
  const ui = createUi({ messages, theme, columns, hasLinks, timeZone, now: processContext.now() });
  if (fields === undefined) return command.view(result, ui);
  return ui.table(fields, fieldRows(command, result, fields), messages.vnc.list.empty);
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
