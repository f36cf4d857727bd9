import * as v from 'valibot';
import { centerSchema, clusterTokensSchema, renewedTokensSchema } from './account-schemas.js';
import type { EndpointTable } from './endpoints.js';

const TOKENS = '/openapi/v2/tokens';

/** `10009` is a failed verification on these pages, and `10008` a missing right. */
const REJECTED = {
  '401': 'auth.rejected',
  '10008': 'auth.rejected',
  '10009': 'auth.rejected',
} as const;

/** The log-in by access key, at a host of its own. */
export const AUTH_ENDPOINTS = {
  logInWithAccessKey: {
    method: 'POST',
    path: () => '/api/user/v3/tokens',
    response: clusterTokensSchema,
    page: 'get-user-tokens-aksk',
    meanings: REJECTED,
  },
} as const satisfies EndpointTable;

/** The calls about accounts and tokens, below the platform's service `ac`. */
export const ACCOUNT_ENDPOINTS = {
  logInWithPassword: {
    method: 'POST',
    path: () => TOKENS,
    response: clusterTokensSchema,
    page: 'get-user-tokens',
    meanings: REJECTED,
  },
  renewToken: {
    method: 'POST',
    path: () => `${TOKENS}/next`,
    response: renewedTokensSchema,
    page: 'renewal-token',
    // The page's table has the new token beside `data`.
    dataOf: ({ token, data }) => token ?? data,
  },
  checkToken: {
    method: 'GET',
    path: () => `${TOKENS}/state`,
    response: v.unknown(),
    page: 'get-token-state',
  },
  readCenter: {
    method: 'GET',
    path: () => '/openapi/v2/center',
    response: centerSchema,
    page: 'get-center-info',
  },
} as const satisfies EndpointTable;
