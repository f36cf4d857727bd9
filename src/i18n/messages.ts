import type { ErrorCode } from '../errors/codes.js';
import type { FindingCode } from '../model/finding.js';
import type { Question, StatusMessage } from '../model/status.js';
import type { en } from './en/index.js';
import type { ErrorText } from './error-text.js';

/** A catalogue. English defines the type, so that a missing translation does not compile. */
export type Messages = typeof en;

/** The text of an error or a finding, whose details match its code. */
export function writeText(
  { code, details }: { readonly code: ErrorCode | FindingCode; readonly details: unknown },
  { errors, findings }: Messages,
): ErrorText {
  const write = { ...errors, ...findings }[code] as (details: unknown) => ErrorText | string;
  const text = write(details);
  return typeof text === 'string' ? { message: text } : text;
}

export function writeStatus(message: StatusMessage, { progress }: Messages): string {
  return (progress[message.kind] as (message: StatusMessage) => string)(message);
}

export function writeQuestion(question: Question, { ask }: Messages): string {
  return (ask[question.kind] as (question: Question) => string)(question);
}
