import * as v from 'valibot';
import type { DeskError } from '../../errors/desk-error.js';
import type { HttpAnswer, HttpFault } from './collect-response.js';
import { envelopeSchema, type PlatformEndpoint } from './endpoint.js';
import {
  describeStatus,
  type FailureContext,
  failureOfAnswer,
  failureOfFault,
  unusableAnswer,
} from './failure.js';

const MAX_DEPTH = 64;
/** Ten thousand sessions of the documented size need half of this. */
const MAX_VALUES = 250_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Only the first issue is reported. */
const FIRST_ISSUE = { abortEarly: true } as const;

export type DecodedResponse<Data> =
  | { readonly isSuccess: true; readonly data: Data }
  | { readonly isSuccess: false; readonly error: DeskError };

/**
 * Decodes a response: HTTP status, envelope, then the endpoint's schema. Pure.
 *
 * Ignores the content type, which gateways may set wrongly.
 */
export function decodeResponse<Data>(
  answer: HttpAnswer | HttpFault,
  { page, response, dataOf = ({ data }) => data }: PlatformEndpoint<Data>,
  context: FailureContext,
): DecodedResponse<Data> {
  if (answer.kind === 'fault') {
    return { isSuccess: false, error: failureOfFault(answer, context) };
  }
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

function unusable(page: string, problem: string): DecodedResponse<never> {
  return { isSuccess: false, error: unusableAnswer(page, problem) };
}

/** Names the first invalid field and what was expected, never the value. */
function describeIssue(
  root: string,
  [issue]: readonly [v.BaseIssue<unknown>, ...unknown[]],
): string {
  const path = [root, v.getDotPath(issue)].filter(Boolean).join('.') || 'JSON';
  return issue.expected === null ? path : `${path} ≠ ${issue.expected}`;
}

export type ParsedJson =
  | { readonly value: unknown }
  /** What is wrong: `UTF-8`, `JSON`, `JSON depth > 64`; never a part of the text. */
  | { readonly problem: string };

/** Parses UTF-8 JSON, with or without a byte order mark, within limits of nesting and size. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  if (bytes.length === 0) return { problem: 'no body' };
  const excess = findExcess(bytes);
  if (excess !== undefined) return { problem: excess };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'UTF-8' };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The parser's error quotes the text, so it is dropped.
    return { problem: 'JSON' };
  }
}

/** Checks depth and count before parsing. Works on bytes, because UTF-8 uses ASCII bytes for ASCII characters only. */
function findExcess(bytes: Uint8Array): string | undefined {
  let depth = 0;
  let values = 0;
  let isInString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (isInString) {
      // Skips the escaped character.
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
