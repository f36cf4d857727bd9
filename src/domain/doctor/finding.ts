import type { ErrorDetails } from '../../errors/codes.js';
import type { DeskError } from '../../errors/desk-error.js';
import type { CheckName, CheckStatus, FindingCode, FindingDetails } from '../../model/finding.js';

/** Result of one check: one of its own findings, or an error as other commands report it. */
export type Finding = OneOf<FindingDetails> | OneOf<ErrorDetails>;

type OneOf<Details> = {
  readonly [Code in keyof Details]: {
    readonly status: CheckStatus;
    readonly code: Code;
    readonly details: Details[Code];
  };
}[keyof Details];

type Make = <Code extends FindingCode>(code: Code, details: FindingDetails[Code]) => Finding;

export const pass = maker('pass');
export const warn = maker('warn');
export const fail = maker('fail');
export const skip = maker('skip');

/** Skipped because another check reports the cause. */
export function blockedBy(by: CheckName): Finding {
  return skip('blocked', { by });
}

export function failure({ code, details }: DeskError, status: CheckStatus = 'fail'): Finding {
  // A DeskError's code and details match by construction.
  return { status, code, details } as Finding;
}

function maker(status: CheckStatus): Make {
  return (code, details) => ({ status, code, details }) as Finding;
}

/** Result of one probe and its duration. */
export type Outcome<Value> = { readonly elapsedMs: number } & (
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'error'; readonly error: DeskError }
  | { readonly kind: 'late'; readonly limitMs: number }
);

/** Judges a probe's result; by default an error is a failure. */
export function judge<Value>(
  outcome: Outcome<Value>,
  ofValue: (value: Value) => Finding,
  ofError: (error: DeskError) => Finding = failure,
): Finding {
  switch (outcome.kind) {
    case 'value':
      return ofValue(outcome.value);
    case 'error':
      return ofError(outcome.error);
    case 'late':
      return fail('late', { limitMs: outcome.limitMs });
  }
}
