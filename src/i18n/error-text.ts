import type { ErrorCode, ErrorDetails } from '../errors/codes.js';
import { parseLoginNode, sshLineOf } from '../model/endpoint.js';
import type { FindingCode, FindingDetails } from '../model/finding.js';
import type { Question, StatusMessage } from '../model/status.js';

/** A message and, if there is one, a hint with the next command. */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string | undefined;
}

export type ErrorTexts = {
  readonly [Code in ErrorCode]: (details: ErrorDetails[Code]) => ErrorText | string;
};

export type FindingTexts = {
  readonly [Code in FindingCode]: (details: FindingDetails[Code]) => ErrorText | string;
};

export type StatusTexts = TextByKind<StatusMessage>;

export type QuestionTexts = TextByKind<Question>;

type TextByKind<Message extends { readonly kind: string }> = {
  readonly [Kind in Message['kind']]: (message: Extract<Message, { kind: Kind }>) => string;
};

/** The ssh command line for a login node `user@host:port`. */
export function sshLine(via: string): string {
  const node = parseLoginNode(via);
  return node === undefined ? `ssh ${via}` : sshLineOf(node);
}
