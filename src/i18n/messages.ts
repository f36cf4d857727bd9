import type { ErrorCode } from '../errors/codes.js';
import type { FindingCode } from '../model/finding.js';
import type { Question, StatusMessage } from '../model/status.js';
import type { en } from './en/index.js';
import { commandHints, type ErrorText } from './error-text.js';

/** A catalogue. English defines the type, so that a missing translation does not compile. */
export type Messages = typeof en;

/** The text of an error or a finding, whose details match its code; a suggested word replaces the hint. */
export function writeText(
  { code, details }: { readonly code: ErrorCode | FindingCode; readonly details: unknown },
  { errors, findings, report }: Messages,
): ErrorText {
  const texts = { ...commandHints, ...errors, ...findings };
  const hint = (texts as Readonly<Record<string, Text | undefined>>)[`${code}.hint`];
  const { suggestion } = details as { readonly suggestion?: string };
  if (suggestion !== undefined) {
    return { message: write(texts[code], details), hint: report.didYouMean(suggestion) };
  }
  return { message: write(texts[code], details), hint: hint && write(hint, details) };
}

export function writeStatus(message: StatusMessage, { progress }: Messages): string {
  return write(progress[message.kind], message);
}

export function writeQuestion(question: Question, { ask }: Messages): string {
  return write(ask[question.kind], question);
}

type Text = string | ((details: never) => string);

function write(text: Text, details: unknown): string {
  return typeof text === 'string' ? text : text(details as never);
}
