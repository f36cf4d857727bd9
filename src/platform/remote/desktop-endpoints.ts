import * as v from 'valibot';
import { DeskError } from '../../errors/desk-error.js';
import { endpoint, isRecord, MAX_TEXT_CHARS, optionalText, text } from './endpoint.js';

// Wire schemas. Unknown keys are dropped.

const MAX_URL_CHARS = 16_384;
const MAX_SESSIONS = 10_000;
const LIST_KEYS = ['list', 'rows', 'records'];

const pixels = v.nullish(v.pipe(text, v.regex(/^\d{0,5}$/), v.transform(Number)), 0);

/** `data` of API page `vnc-create`. */
const sessionSchema = v.object({
  sessionId: v.pipe(text, v.nonEmpty()),
  id: optionalText,
  name: optionalText,
  hostname: optionalText,
  ip: text,
  /** Unparsed: `parseDisplay` validates it. */
  sid: v.union([v.pipe(v.string(), v.maxLength(MAX_TEXT_CHARS)), v.number()]),
  user: optionalText,
  jobs: optionalText,
  width: pixels,
  length: pixels,
  createDate: optionalText,
});
export type WireSession = v.InferOutput<typeof sessionSchema>;

/** `data` of API page `vnc-list`, whose response is undocumented: an array, one session, nothing, or a page object. */
const sessionListSchema = v.pipe(
  v.unknown(),
  v.transform(findRows),
  v.custom<unknown[]>(
    (rows) => Array.isArray(rows) && rows.length <= MAX_SESSIONS,
    `at most ${MAX_SESSIONS}`,
  ),
  v.array(sessionSchema),
);

/** `data` of API page `vnc-launchurl`, whose response is undocumented: a string, or an object with one URL. */
const launchUrlSchema = v.pipe(
  v.unknown(),
  v.transform(findUrl),
  v.string(),
  v.nonEmpty(),
  v.maxLength(MAX_URL_CHARS),
);

/** `data` of API page `cluster`: the names of the schedulers. */
const schedulersSchema = v.array(
  v.pipe(
    v.object({ id: text, text: optionalText }),
    v.transform(({ id, text }) => text || id),
  ),
);

const SESSIONS = '/openapi/v2/desktop/vnc';

/** Those of one session throw unsafe.value when its ID cannot be part of a path. */
export const DESKTOP_ENDPOINTS = {
  createSession: endpoint('vnc-create', 'PUT', SESSIONS, sessionSchema),
  listSessions: endpoint('vnc-list', 'GET', SESSIONS, sessionListSchema),
  deleteSession: (sessionId: string) =>
    endpoint('vnc-delete', 'DELETE', pathOf(sessionId), v.unknown()),
  readLaunchUrl: (sessionId: string) =>
    endpoint('vnc-launchurl', 'GET', `${pathOf(sessionId)}/launchurl`, launchUrlSchema),
  readSchedulers: endpoint('cluster', 'GET', '/openapi/v2/cluster', schedulersSchema),
};

/**
 * The path of a session, with the ID as one segment (RFC 3986 §3.3).
 *
 * @throws unsafe.value for an empty or dot segment, control characters and ill-formed text.
 */
function pathOf(sessionId: string): string {
  const isUsable = !/^\.{0,2}$|[\x00-\x1f\x7f-\x9f]/.test(sessionId) && sessionId.isWellFormed();
  if (isUsable) return `${SESSIONS}/${encodeURIComponent(sessionId)}`;
  throw new DeskError('unsafe.value', { field: 'sessionId', value: sessionId.slice(0, 80) });
}

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
