import { isDeskError } from '../../src/errors/desk-error.js';

/** The code of the error that a promise rejects with, or `none`. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (isDeskError(error)) return error.code;
    throw error;
  }
}
