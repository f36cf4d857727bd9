import type { DeskError } from '../errors/desk-error.js';
import type { en } from './en/index.js';
import type { ErrorText } from './error-text.js';

/** A catalogue. English defines the type, so that a missing translation does not compile. */
export type Messages = typeof en;

export function writeError(error: DeskError, messages: Messages): ErrorText {
  // DeskError guarantees that code and details match.
  const write = messages.errors[error.code] as (details: unknown) => ErrorText;
  return write(error.details);
}
