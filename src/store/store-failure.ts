import { DeskError, isDeskError } from '../errors/desk-error.js';

/**
 * Says what a failure of the file system means for the store; anything else comes back as it was.
 *
 * @see errno(3)
 */
export function toStoreFailure(error: unknown, path: string): unknown {
  if (isDeskError(error) || !(error instanceof Error)) return error;
  // Without its cause: the message of JSON.parse quotes the text, which may be a token.
  if (error instanceof SyntaxError) return new DeskError('store.damaged', { path });
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? new DeskError('store.full', { path }, { cause: error })
    : new DeskError('store.unusable', { path, reason: code }, { cause: error });
}
