import type { ErrorCode, ErrorDetails } from '../errors/codes.js';
import { parseLoginNode, sshLineOf } from '../model/endpoint.js';
import type { FindingCode, FindingDetails } from '../model/finding.js';

/** A message and, if there is one, a hint with the next command. */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string;
}

export type ErrorTexts = {
  readonly [Code in ErrorCode]: (details: ErrorDetails[Code]) => ErrorText;
};

export type FindingTexts = {
  readonly [Code in FindingCode]: (details: FindingDetails[Code]) => ErrorText;
};

export function hintFor(
  word: string | undefined,
  hint: (word: string) => string,
): { readonly hint?: string } {
  return word === undefined ? {} : { hint: hint(word) };
}

/** The ssh command line for a login node `user@host:port`. */
export function sshLine(via: string): string {
  const node = parseLoginNode(via);
  return node === undefined ? `ssh ${via}` : sshLineOf(node);
}
