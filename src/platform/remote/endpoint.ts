import * as v from 'valibot';
import type { ErrorCode } from '../../errors/codes.js';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export const MAX_TEXT_CHARS = 4096;

/** Strings by the documentation; some gateways send numbers. */
export const text = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger(), v.transform(String))]),
  v.maxLength(MAX_TEXT_CHARS),
);
export const optionalText = v.nullish(text, '');

/** Envelope of every response (API pages, response parameters); one gateway sends `message` for `msg`. */
export const envelopeSchema = v.object({
  code: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
  msg: v.fallback(v.string(), ''),
  message: v.fallback(v.string(), ''),
  data: v.optional(v.unknown()),
  /** Beside `data`, on API page `renewal-token` only. */
  token: v.optional(v.unknown()),
});
export type Envelope = v.InferOutput<typeof envelopeSchema>;

export type Meaning = Extract<ErrorCode, `platform.${string}` | `auth.${'expired' | 'rejected'}`>;

/** By envelope code, or by an HTTP status that counts more than the envelope. */
export type Meanings = Readonly<Record<string, Meaning>>;

export interface PlatformEndpoint<Data = unknown> {
  readonly method: Method;
  /** Below the service's URL: constant text and encoded segments. */
  readonly path: string;
  /** Schema of `data` when the code is 0. */
  readonly response: v.GenericSchema<unknown, Data>;
  /** Page name in the platform's documentation, for messages. */
  readonly page: string;
  /** Codes and statuses with another meaning at this endpoint. */
  readonly meanings?: Meanings;
  /** Where the result is, if not in `data`. */
  readonly dataOf?: (envelope: Envelope) => unknown;
}

/** A row of an endpoint table. */
export function endpoint<Data>(
  page: string,
  method: Method,
  path: string,
  response: v.GenericSchema<unknown, Data>,
  others: Pick<PlatformEndpoint, 'meanings' | 'dataOf'> = {},
): PlatformEndpoint<Data> {
  return { page, method, path, response, ...others };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
