import type { DeskError } from '../errors/desk-error.js';
import type { ErrorText, Messages } from './messages.js';

/** What happened and what to do, in the words of one language. */
export function writeError(error: DeskError, messages: Messages): ErrorText {
  // The catalogue is typed by code; the pair of code and details is right by construction of DeskError.
  const write = messages.errors[error.code] as (details: unknown) => ErrorText;
  return write(error.details);
}
