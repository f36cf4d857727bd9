import * as v from 'valibot';
import type { Meanings } from './failure.js';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export const MAX_TEXT_CHARS = 4096;

/** Documented as strings throughout; other gateways of the platform send numbers. */
export const text = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger(), v.transform(String))]),
  v.maxLength(MAX_TEXT_CHARS),
);
export const optionalText = v.nullish(text, '');

/** Every answer (API pages, response parameters); `message` is what one gateway says instead of `msg`. */
export const envelopeSchema = v.object({
  code: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
  msg: v.fallback(v.string(), ''),
  message: v.fallback(v.string(), ''),
  data: v.optional(v.unknown()),
  /** SideTasks `data` on API page `renewal-token`, and nowhere else. */
  token: v.optional(v.unknown()),
});
export type Envelope = v.InferOutput<typeof envelopeSchema>;

/** One row of the table: all that is particular to a call. */
export interface PlatformEndpoint {
  readonly method: Method;
  /** Below the service's URL; made of constant text and encoded segments. */
  readonly path: (input: never) => string;
  /** The shape of `data` when the code is 0. */
  readonly response: v.GenericSchema;
  /** The name of its page in the platform's documentation, for messages. */
  readonly page: string;
  /** What codes and statuses mean here, where it is not what they mean elsewhere. */
  readonly meanings?: Meanings;
  /** Where an answer holds its result, where it is not `data`. */
  readonly dataOf?: (envelope: Envelope) => unknown;
}

export type EndpointTable = Readonly<Record<string, PlatformEndpoint>>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
