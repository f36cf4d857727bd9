import type { Advice } from '../../commands/command.js';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { type Messages, writeText } from '../../i18n/messages.js';
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
  const { messages, theme, columns = Number.POSITIVE_INFINITY } = form;
  const { code, family, exitCode, platform } = error;
  const { message, hint = family === 'usage' ? form.helpLine : undefined } = writeText(
    error,
    messages,
  );
  if (form.isJson) {
    const nullable = { hint: hint ?? null, exitCode, platform: platform ?? null };
    return escapeJson(JSON.stringify({ error: { code, family, message, ...nullable } }));
  }
  const { report } = messages;
  const errorLabel = label(report.error);
  const hintLabel = label(report.hint).padEnd(errorLabel.length);
  const indent = blankAs(errorLabel);
  const rest = columns - indent.length;
  const wrap = (text: string) => wrapLine(visible(text), rest).map(theme.plain).join(`\n${indent}`);
  const lines = [theme.bad(errorLabel) + wrap(message)];
  if (platform !== undefined) {
    lines.push(indent + wrap(report.platformSays(platform.code, platform.msg)));
  }
  if (hint !== undefined) {
    // Commands are not wrapped, so that they can be copied.
    const isCommand = /^(hpc-desk|ssh) /.test(hint);
    lines.push(theme.strong(hintLabel) + (isCommand ? theme.plain(hint) : wrap(hint)));
  }
  if (form.isDebug) lines.push(visibleLines(stackOf(error)));
  return lines.join('\n');
}

function blankAs(text: string): string {
  return text.replaceAll(/./gu, (character) => (character < '\u2e80' ? ' ' : '  '));
}

/** Stack traces of the error and its causes. */
export function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

/** Warnings and suggested commands, for stderr. */
export function formatAdvice(
  { warnings = [], next = [], undo }: Advice,
  {
    messages: { report },
    theme,
    columns = Number.POSITIVE_INFINITY,
  }: Pick<ReportForm, 'messages' | 'theme' | 'columns'>,
  isForPeople: boolean,
): string {
  const warningLabel = label(report.warning);
  const indent = blankAs(warningLabel);
  const lines = warnings.map((warning) => {
    const wrapped = wrapLine(visible(warning), columns - indent.length);
    return theme.warning(warningLabel) + wrapped.join(`\n${indent}`);
  });
  if (isForPeople) {
    lines.push(...next.map((text) => theme.dim(label(report.next) + text)));
    if (undo !== undefined) lines.push(theme.dim(label(report.undo) + undo));
  }
  return lines.map((line) => `${line}\n`).join('');
}
