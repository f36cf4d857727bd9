import { DeskError } from '../../src/errors/desk-error.js';

/** The error that a call throws, which must be ours. */
export function errorFrom(call: () => unknown): DeskError {
  try {
    call();
  } catch (error) {
    if (error instanceof DeskError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
