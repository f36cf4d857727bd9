import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Messages } from '../../i18n/messages.js';
import { writeError } from '../../i18n/messages.js';
import { label } from '../../view/label.js';
import { escapeJson, visible, visibleLines } from '../../view/sanitize.js';
import type { Theme } from '../../view/theme.js';

export interface ReportForm {
  readonly messages: Messages;
  readonly theme: Theme;
  readonly isJson: boolean;
  /** Shows stack traces. */
  readonly isDebug: boolean;
}

/** Whatever was thrown, as one of our errors. */
export function toDeskError(error: unknown): DeskError {
  if (isDeskError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DeskError('bug.unexpected', { reason }, { cause: error });
}

/** One sentence and the next step; for programs one line of JSON. */
export function formatError(error: DeskError, form: ReportForm): string {
  return form.isJson ? formatJson(error, form.messages) : formatText(error, form);
}

function formatText(error: DeskError, { messages, theme, isDebug }: ReportForm): string {
  const { message, hint } = writeError(error, messages);
  const { report } = messages;
  const { platform } = error;
  const errorLabel = label(report.error);
  const hintLabel = label(report.hint).padEnd(errorLabel.length);
  return [
    `${theme.bad(errorLabel)}${theme.plain(message)}`,
    ...(platform === undefined
      ? []
      : [blankAs(errorLabel) + theme.plain(report.platformSays(platform.code, platform.msg))]),
    ...(hint === undefined ? [] : [`${theme.strong(hintLabel)}${theme.plain(hint)}`]),
    ...(isDebug ? [visibleLines(stackOf(error))] : []),
  ].join('\n');
}

/** As many columns of nothing as a label takes. */
function blankAs(text: string): string {
  return text.replaceAll(/./gu, (character) => (character < '\u2e80' ? ' ' : '  '));
}

function formatJson(error: DeskError, messages: Messages): string {
  const { code, family, exitCode, platform = null } = error;
  const { message, hint = null } = writeError(error, messages);
  return escapeJson(JSON.stringify({ error: { code, family, message, hint, exitCode, platform } }));
}

/** The stack and those of its causes. */
export function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by: ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

/** Warnings and the next command, for stderr. */
export function formatAdvice(
  advice: { readonly warnings?: readonly string[]; readonly next?: readonly string[] },
  { messages, theme }: Pick<ReportForm, 'messages' | 'theme'>,
  isForPeople: boolean,
): string {
  const warnings = (advice.warnings ?? []).map(
    (warning) => `${theme.warning(label(messages.report.warning))}${visible(warning)}\n`,
  );
  const next = (isForPeople ? (advice.next ?? []) : []).map(
    (line) => `${theme.dim(`${label(messages.report.next)}${line}`)}\n`,
  );
  return [...warnings, ...next].join('');
}
