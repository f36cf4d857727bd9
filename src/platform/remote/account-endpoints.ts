import * as v from 'valibot';
import { parseToken, type Token } from '../../model/token.js';
import { endpoint, isRecord, optionalText, text } from './endpoint.js';

/** The platform has about a dozen, each of which gets a request of its own. */
const MAX_CLUSTERS = 1_000;

const token = v.custom<Token>((value) => parseToken(value) !== undefined);

/** `null` when the account is disabled in a cluster; a missing or empty value counts as the same. */
const optionalToken = v.pipe(
  v.nullish(v.string(), ''),
  v.check((value: string) => value === '' || parseToken(value) !== undefined),
  v.transform((value): Token | undefined => parseToken(value)),
);

const clusterToken = v.pipe(
  v.object({ clusterId: text, clusterName: optionalText, token: optionalToken }),
  v.transform(({ clusterId, clusterName, token }) => ({ id: clusterId, name: clusterName, token })),
);

/**
 * `data` of API pages `get-user-tokens-aksk` and `get-user-tokens`, without the platform's own entry, whose token is for no
 * cluster.
 */
const clusterTokensSchema = v.pipe(
  v.nullish(v.array(clusterToken), []),
  v.maxLength(MAX_CLUSTERS),
  v.filterItems(({ id, name }) => id !== '0' && name !== 'ac'),
);

const renewedToken = v.object({ clusterId: optionalText, token });
export type WireRenewedToken = v.InferOutput<typeof renewedToken>;

/** The new token of API page `renewal-token`, which leaves the form open: a string, an object or a cluster list. */
const renewedTokensSchema = v.pipe(
  v.unknown(),
  v.transform(listTokens),
  v.tupleWithRest([renewedToken], renewedToken),
);

/** An unreadable entry counts as one without a URL. */
const serviceUrl = v.fallback(
  v.object({ enable: v.optional(v.unknown()), url: v.optional(v.unknown()) }),
  {},
);

/** `data` of API page `get-center-info`: an object, or in another version of the page an array of one. */
const centerSchema = v.pipe(
  v.unknown(),
  v.transform((data) => (Array.isArray(data) && data.length === 1 ? (data[0] as unknown) : data)),
  v.object({
    id: text,
    name: optionalText,
    clusterUserInfo: v.nullish(v.object({ userName: optionalText })),
    hpcUrls: v.nullish(v.array(serviceUrl), []),
  }),
);
export type WireCenter = v.InferOutput<typeof centerSchema>;

const TOKENS = '/openapi/v2/tokens';

/** On these pages `10009` is a failed verification and `10008` a missing permission. */
const REJECTED = {
  '401': 'auth.rejected',
  '10008': 'auth.rejected',
  '10009': 'auth.rejected',
} as const;

/** Accounts and tokens. The login by access key is on a host of its own; the others are the platform's service `ac`. */
export const ACCOUNT_ENDPOINTS = {
  logInWithAccessKey: endpoint(
    'get-user-tokens-aksk',
    'POST',
    '/api/user/v3/tokens',
    clusterTokensSchema,
    { meanings: REJECTED },
  ),
  logInWithPassword: endpoint('get-user-tokens', 'POST', TOKENS, clusterTokensSchema, {
    meanings: REJECTED,
  }),
  renewToken: endpoint('renewal-token', 'POST', `${TOKENS}/next`, renewedTokensSchema, {
    // The page's table lists the new token beside `data`.
    dataOf: ({ token, data }) => token ?? data,
  }),
  checkToken: endpoint('get-token-state', 'GET', `${TOKENS}/state`, v.unknown()),
  readCenter: endpoint('get-center-info', 'GET', '/openapi/v2/center', centerSchema),
};

function listTokens(data: unknown): unknown {
  if (typeof data === 'string') return [{ token: data }];
  return isRecord(data) ? [data] : data;
}
