import type { Advice } from '../../commands/command.js';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { ErrorText } from '../../i18n/error-text.js';
import type { Messages } from '../../i18n/messages.js';
import { writeText } from '../../i18n/messages.js';
import { escapeJson, visible, visibleLines } from '../../model/sanitize.js';
import type { Theme } from '../../view/theme.js';
import { label, wrapLine } from '../../view/wrap-line.js';

export interface ReportForm {
  readonly messages: Messages;
  readonly theme: Theme;
  readonly isJson: boolean;
  readonly isDebug: boolean;
  /** Width for wrapping; unlimited if left out. */
  readonly columns?: number;
  readonly helpLine?: string;
}

/** Wraps any thrown value in a DeskError. */
export function toDeskError(error: unknown): DeskError {
  if (isDeskError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DeskError('bug.unexpected', { reason }, { cause: error });
}

/** Message and hint as text, or one line of JSON. */
export function formatError(error: DeskError, form: ReportForm): string {
  return form.isJson ? formatJson(error, form) : formatText(error, form);
}

function formatText(error: DeskError, form: ReportForm): string {
  const { messages, theme, isDebug, columns = Number.POSITIVE_INFINITY } = form;
  const { message, hint } = textOf(error, form);
  const { report } = messages;
  const { platform } = error;
  const errorLabel = label(report.error);
  const hintLabel = label(report.hint).padEnd(errorLabel.length);
  const indent = blankAs(errorLabel);
  const rest = columns - indent.length;
  const wrap = (text: string) => wrapLine(visible(text), rest).map(theme.plain).join(`\n${indent}`);
  return [
    theme.bad(errorLabel) + wrap(message),
    ...(platform === undefined
      ? []
      : [indent + wrap(report.platformSays(platform.code, platform.msg))]),
    // Commands are not wrapped, so that they can be copied.
    ...(hint === undefined
      ? []
      : [
          theme.strong(hintLabel) +
            (/^(hpc-desk|ssh) /.test(hint) ? theme.plain(hint) : wrap(hint)),
        ]),
    ...(isDebug ? [visibleLines(stackOf(error))] : []),
  ].join('\n');
}

function textOf(error: DeskError, { messages, helpLine }: ReportForm): ErrorText {
  const { message, hint } = writeText(error, messages);
  return { message, hint: hint ?? (error.family === 'usage' ? helpLine : undefined) };
}

function blankAs(text: string): string {
  return text.replaceAll(/./gu, (character) => (character < '\u2e80' ? ' ' : '  '));
}

function formatJson(error: DeskError, form: ReportForm): string {
  const { code, family, exitCode, platform = null } = error;
  const { message, hint = null } = textOf(error, form);
  return escapeJson(JSON.stringify({ error: { code, family, message, hint, exitCode, platform } }));
}

/** Stack traces of the error and its causes. */
export function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

type AdviceForm = Pick<ReportForm, 'messages' | 'theme' | 'columns'>;

/** Warnings and suggested commands, for stderr. */
export function formatAdvice(
  { warnings = [], next = [], undo }: Omit<Advice, 'problems'>,
  { messages, theme, columns = Number.POSITIVE_INFINITY }: AdviceForm,
  isForPeople: boolean,
): string {
  const warningLabel = label(messages.report.warning);
  const indent = blankAs(warningLabel);
  const warningLines = warnings.map((warning) => {
    const lines = wrapLine(visible(warning), columns - indent.length);
    return `${theme.warning(warningLabel)}${lines.join(`\n${indent}`)}\n`;
  });
  const line = (title: string, text: string) => `${theme.dim(`${label(title)}${text}`)}\n`;
  const { report } = messages;
  return [
    ...warningLines,
    ...(isForPeople ? next.map((text) => line(report.next, text)) : []),
    ...(isForPeople && undo !== undefined ? [line(report.undo, undo)] : []),
  ].join('');
}
