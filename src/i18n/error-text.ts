import type { ErrorCode, ErrorDetails } from '../errors/codes.js';
import { parseLoginNode, sshLineOf } from '../model/endpoint.js';
import type { FindingCode, FindingDetails } from '../model/finding.js';

/** What happened, and the next command to type where there is one. */
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

/** A hint only where there is something to say. */
export function maybe(
  word: string | undefined,
  hint: (word: string) => string,
): { readonly hint?: string } {
  return word === undefined ? {} : { hint: hint(word) };
}

/** The line to type for a login node as messages name it: `user@host:port`. */
export function sshLine(via: string): string {
  const node = parseLoginNode(via);
  return node === undefined ? `ssh ${via}` : sshLineOf(node);
}
