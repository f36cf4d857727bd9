import * as v from 'valibot';
import type { DeskError } from '../../errors/desk-error.js';
import type { PlatformEndpoint } from './endpoints.js';
import { describeStatus, type FailureContext, failureOfAnswer, unusableAnswer } from './failure.js';
import type { HttpAnswer } from './http.js';
import { parseJson } from './parse-json.js';
import { envelopeSchema } from './schemas.js';

/** A list of ten thousand wrong rows has as many issues, and one is named. */
const FIRST_ISSUE = { abortEarly: true } as const;

export type ReadAnswer =
  | { readonly isSuccess: true; readonly data: unknown }
  | { readonly isSuccess: false; readonly error: DeskError };

/**
 * Takes an answer apart: status, then envelope, then the shape that the endpoint promises. Pure.
 *
 * The content type is not asked: the platform's gateways are not known to set it well, and the shape decides anyway.
 */
export function readAnswer(
  answer: HttpAnswer,
  { page, response, dataOf = ({ data }) => data }: PlatformEndpoint,
  context: FailureContext,
): ReadAnswer {
  const json = parseJson(answer.body);
  const value = 'value' in json ? json.value : undefined;
  const envelope = v.safeParse(envelopeSchema, value, FIRST_ISSUE);
  const error = failureOfAnswer(answer, envelope.success ? envelope.output : undefined, context);
  if (error !== undefined) return { isSuccess: false, error };
  if ('problem' in json) {
    return unusable(page, `${describeStatus(answer.status, answer.contentType)}: ${json.problem}`);
  }
  if (!envelope.success) return unusable(page, describeIssue('', envelope.issues));
  const data = v.safeParse(response, dataOf(envelope.output), FIRST_ISSUE);
  return data.success
    ? { isSuccess: true, data: data.output }
    : unusable(page, describeIssue('data', data.issues));
}

function unusable(page: string, problem: string): ReadAnswer {
  return { isSuccess: false, error: unusableAnswer(page, problem) };
}

/** Names the first field that does not fit and what was expected of it, never what was received. */
function describeIssue(
  root: string,
  [issue]: readonly [v.BaseIssue<unknown>, ...unknown[]],
): string {
  const path = [root, v.getDotPath(issue)].filter(Boolean).join('.') || 'JSON';
  return issue.expected === null ? path : `${path} ≠ ${issue.expected}`;
}
