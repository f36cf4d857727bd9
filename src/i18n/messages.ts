import type { ErrorCode, ErrorDetails } from '../errors/codes.js';
import type { FindingCode, FindingDetails } from '../model/finding.js';
import type { en } from './en/index.js';

/** One language's sentences. English defines the shape, so that a missing one elsewhere is a compile error. */
export type Messages = typeof en;

/** What happened, and the next command to type where there is one. */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string;
}

export type ErrorTexts = {
  readonly [Code in ErrorCode]: (details: ErrorDetails[Code]) => ErrorText;
};

/** The sentences about what was typed; a file of their own in each language. */
export type UsageErrorTexts = Pick<ErrorTexts, Extract<ErrorCode, `usage.${string}`>>;

export type FindingTexts = {
  readonly [Code in FindingCode]: (details: FindingDetails[Code]) => ErrorText;
};
