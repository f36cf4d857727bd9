import { DeskError } from '../../src/errors/desk-error.js';

/** The DeskError that a call throws; rethrows other errors. */
export function errorFrom(call: () => unknown): DeskError {
  try {
    call();
  } catch (error) {
    if (error instanceof DeskError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
