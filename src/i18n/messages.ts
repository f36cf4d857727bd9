import type { DeskError } from '../errors/desk-error.js';
import type { en } from './en/index.js';
import type { ErrorText } from './error-text.js';

/** One language's sentences. English defines the shape, so that a missing one elsewhere is a compile error. */
export type Messages = typeof en;

/** What happened and what to do, in the words of one language. */
export function writeError(error: DeskError, messages: Messages): ErrorText {
  // The catalogue is typed by code; the pair of code and details is right by construction of DeskError.
  const write = messages.errors[error.code] as (details: unknown) => ErrorText;
  return write(error.details);
}
