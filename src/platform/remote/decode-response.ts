import * as v from 'valibot';
import type { DeskError } from '../../errors/desk-error.js';
import type { HttpAnswer } from './collect-response.js';
import type { PlatformEndpoint } from './endpoint.js';
import { envelopeSchema } from './endpoint.js';
import { describeStatus, type FailureContext, failureOfAnswer, unusableAnswer } from './failure.js';

const MAX_DEPTH = 64;
/** Ten thousand sessions of the documented size need half as many. */
const MAX_VALUES = 250_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** A list of ten thousand wrong rows has as many issues, and one is named. */
const FIRST_ISSUE = { abortEarly: true } as const;

export type DecodedResponse =
  | { readonly isSuccess: true; readonly data: unknown }
  | { readonly isSuccess: false; readonly error: DeskError };

/**
 * Takes an answer apart: status, then envelope, then the shape that the endpoint promises. Pure.
 *
 * The content type is not asked: the platform's gateways are not known to set it well, and the shape decides anyway.
 */
export function decodeResponse(
  answer: HttpAnswer,
  { page, response, dataOf = ({ data }) => data }: PlatformEndpoint,
  context: FailureContext,
): DecodedResponse {
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

function unusable(page: string, problem: string): DecodedResponse {
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

export type ParsedJson =
  | { readonly value: unknown }
  /** What is wrong, in words of the trade: `UTF-8`, `JSON`, `JSON depth > 64`; never a part of the text. */
  | { readonly problem: string };

/** Reads JSON in UTF-8, with or without a byte order mark; what is nested deeply or has too many values is not parsed. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  if (bytes.length === 0) return { problem: 'no body' };
  const excess = findExcess(bytes);
  if (excess !== undefined) return { problem: excess };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder has no other way to tell.
    return { problem: 'UTF-8' };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The error of the parser quotes the text, so it is not kept.
    return { problem: 'JSON' };
  }
}

/** One look at each byte: in UTF-8 the marks of JSON are bytes that stand in no other character. */
function findExcess(bytes: Uint8Array): string | undefined {
  let depth = 0;
  let values = 0;
  let isInString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (isInString) {
      // What a backslash escapes does not end the string.
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isInString = false;
      continue;
    }
    if (byte === QUOTE) isInString = true;
    else if (CLOSING.has(byte)) depth -= 1;
    else if (OPENING.has(byte)) depth += 1;
    if (byte === COMMA || OPENING.has(byte)) values += 1;
    if (depth > MAX_DEPTH) return `JSON depth > ${MAX_DEPTH}`;
    if (values > MAX_VALUES) return `JSON values > ${MAX_VALUES}`;
  }
  return undefined;
}
