import * as v from 'valibot';

// Shapes on the wire, and nothing else. Unknown keys are ignored and every result is a fresh object.

const MAX_TEXT_CHARS = 4096;
const MAX_URL_CHARS = 16_384;
const MAX_SESSIONS = 10_000;
const LIST_KEYS = ['list', 'rows', 'records'];

/** Documented as strings throughout; other gateways of the platform send numbers. */
export const text = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger(), v.transform(String))]),
  v.maxLength(MAX_TEXT_CHARS),
);
export const optionalText = v.nullish(text, '');
const pixels = v.nullish(v.pipe(text, v.regex(/^\d{0,5}$/), v.transform(Number)), 0);

/** Every answer (API pages, response parameters); `message` is what one gateway says instead of `msg`. */
export const envelopeSchema = v.object({
  code: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
  msg: v.fallback(v.string(), ''),
  message: v.fallback(v.string(), ''),
  data: v.optional(v.unknown()),
  /** Beside `data` on API page `renewal-token`, and nowhere else. */
  token: v.optional(v.unknown()),
});
export type Envelope = v.InferOutput<typeof envelopeSchema>;

/** `data` of API page `vnc-create`. */
export const sessionSchema = v.object({
  sessionId: v.pipe(text, v.nonEmpty()),
  id: optionalText,
  name: optionalText,
  hostname: optionalText,
  ip: text,
  /** Left as it came: it becomes a port, and its parser is strict about the form. */
  sid: v.union([v.pipe(v.string(), v.maxLength(MAX_TEXT_CHARS)), v.number()]),
  user: optionalText,
  jobs: optionalText,
  width: pixels,
  length: pixels,
  createDate: optionalText,
});
export type WireSession = v.InferOutput<typeof sessionSchema>;

/** `data` of API page `vnc-list`, whose response is not documented: a list, one session, nothing, or a page of a list. */
export const sessionListSchema = v.pipe(
  v.unknown(),
  v.transform(findRows),
  v.custom<unknown[]>(
    (rows) => Array.isArray(rows) && rows.length <= MAX_SESSIONS,
    `at most ${MAX_SESSIONS}`,
  ),
  v.array(sessionSchema),
);

/** `data` of API page `vnc-launchurl`, whose response is not documented: a text, or an object that holds one URL. */
export const launchUrlSchema = v.pipe(
  v.unknown(),
  v.transform(findUrl),
  v.string(),
  v.nonEmpty(),
  v.maxLength(MAX_URL_CHARS),
);

/** `data` of API page `cluster`. */
const cluster = v.object({ id: text, text: optionalText });
export const clusterSchema = v.array(cluster);
export type WireCluster = v.InferOutput<typeof cluster>;

function findRows(data: unknown): unknown {
  if (data === null || data === undefined) return [];
  if (!isRecord(data)) return data;
  if (Object.keys(data).length === 0) return [];
  const key = LIST_KEYS.find((candidate) => Object.hasOwn(data, candidate));
  return key === undefined ? [data] : (data[key] ?? []);
}

function findUrl(data: unknown): unknown {
  if (!isRecord(data)) return data;
  const urls = Object.values(data).filter(
    (value) => typeof value === 'string' && /^https?:/i.test(value),
  );
  return urls.length === 1 ? urls[0] : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
