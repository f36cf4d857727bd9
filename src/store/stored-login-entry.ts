import * as v from 'valibot';
import { parseBaseUrl } from '../model/base-url.js';
import type { StoredLogin } from '../model/stored-login.js';
import { parseToken } from '../model/token.js';

const isMoment = (text: string) => text === '' || Number.isFinite(Date.parse(text));
/** As it came out of one line; what else is wrong with it shows when it is used. */
const isLine = (text: string) => text !== '' && !/[\r\n\0]/.test(text);

const CLUSTER = v.object({
  id: v.string(),
  name: v.string(),
  token: v.optional(parsedBy(parseToken), () => undefined),
});

const ACCESS_KEY = v.object({
  authUrl: parsedBy(parseBaseUrl),
  accessKey: v.pipe(v.string(), v.check(isLine)),
  secretKey: v.pipe(v.string(), v.check(isLine)),
});

const LOGIN = v.object({
  token: parsedBy(parseToken),
  apiUrl: parsedBy(parseBaseUrl),
  otherApiUrls: v.optional(v.array(parsedBy(parseBaseUrl)), []),
  platformUrl: v.optional(parsedBy(parseBaseUrl), () => undefined),
  allowsHttp: v.optional(v.boolean(), false),
  user: v.string(),
  clusterUser: v.string(),
  cluster: v.object({ id: v.string(), name: v.string() }),
  accountStatus: v.string(),
  expiresAt: v.pipe(v.string(), v.check(isMoment)),
  clusters: v.optional(v.array(CLUSTER), []),
  accessKey: v.optional(ACCESS_KEY, () => undefined),
});

/** Reads a login as it stands in the file; undefined when it is damaged. What a file of an earlier version lacks is empty. */
export function parseLoginEntry(entry: unknown): StoredLogin | undefined {
  const result = v.safeParse(LOGIN, entry);
  return result.success ? result.output : undefined;
}

function parsedBy<Parsed>(parse: (value: unknown) => Parsed | undefined) {
  return v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Parsed>(({ dataset, addIssue, NEVER }) => {
      const parsed = parse(dataset.value);
      if (parsed !== undefined) return parsed;
      addIssue();
      return NEVER;
    }),
  );
}
