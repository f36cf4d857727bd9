import type { DeskError } from '../../errors/desk-error.js';
import type { Outcome } from './facts.js';
import { type Finding, fail, failure } from './finding.js';

/** Judges a look by its value; an error is a failure as it stands unless told otherwise. */
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
