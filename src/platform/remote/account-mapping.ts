import { createHmac } from 'node:crypto';
import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText, isLoopbackUrl, parseBaseUrl } from '../../model/base-url.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { AccessKeyCredentials, ClusterFacts, PasswordCredentials } from '../accounts.js';
import type { WireCenter, WireRenewedToken } from './account-endpoints.js';
import type { Credentials } from './client.js';

/** A cluster has two or three. */
const MAX_URLS = 16;

/** Maps a cluster's description; keeps the URLs that are enabled and safe to send a token to. */
export function toClusterFacts(wire: WireCenter, platformUrl: BaseUrl): ClusterFacts {
  const apiUrls = wire.hpcUrls
    .filter(({ enable }) => isEnabled(enable))
    .flatMap(({ url }) => parseBaseUrl(url) ?? [])
    .filter((url) => isAsSafe(url, platformUrl));
  return {
    id: wire.id,
    name: wire.name,
    clusterUser: wire.clusterUserInfo?.userName ?? '',
    apiUrls: [...new Set(apiUrls)].slice(0, MAX_URLS),
  };
}

/**
 * Picks the renewed token whose cluster matches the old token's claims. A single entry needs no match; of several, a
 * token of another cluster must not go to this one.
 *
 * @throws network.unusableAnswer
 */
export function chooseRenewedToken(
  [first, ...others]: readonly [WireRenewedToken, ...WireRenewedToken[]],
  oldToken: Token,
): Token {
  const { clusterId } = readTokenClaims(oldToken);
  const match = [first, ...others].find((renewed) => renewed.clusterId === clusterId);
  if (match !== undefined) return match.token;
  if (others.length === 0) return first.token;
  const problem = 'data[].clusterId';
  throw new DeskError('network.unusableAnswer', { endpoint: 'renewal-token', problem });
}

/** `"true"` on the API page; gateways send other forms. Missing counts as enabled. */
function isEnabled(enable: unknown): boolean {
  return enable === undefined || enable === null || /^(true|1)$/i.test(String(enable));
}

/** Over https, a platform cannot redirect the token to plain http or to a loopback service. */
function isAsSafe(url: BaseUrl, platformUrl: BaseUrl): boolean {
  return (
    (!isClearText(url) || isClearText(platformUrl)) &&
    (!isLoopbackUrl(url) || isLoopbackUrl(platformUrl))
  );
}

/**
 * Headers of a login by access key, signed for one point in time (API page `get-user-tokens-aksk`).
 *
 * @throws usage.invalidValue for a value that is no valid header; does not repeat the value.
 */
export function toAccessKeyHeaders(
  { user, accessKey, secretKey }: AccessKeyCredentials,
  at: Date,
): Credentials {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  // The page defines the keys and their order but nothing about non-ASCII text. Signs the UTF-8 of the plain JSON,
  // which a server gets when it serializes the same object. Public clients differ; some sign \uXXXX escapes.
  const message = JSON.stringify({ accessKey, timestamp, user });
  const signature = createHmac('sha256', secretKey).update(message).digest('hex');
  return {
    user: encodeUser(user),
    accessKey: checkValue('accessKey', accessKey),
    signature,
    timestamp,
  };
}

/**
 * Headers of a login by password (API page `get-user-tokens`).
 *
 * @throws usage.invalidValue for a value that is no valid header; does not repeat the value.
 */
export function toPasswordHeaders({ user, password, orgId }: PasswordCredentials): Credentials {
  return {
    user: encodeUser(user),
    password: checkValue('password', password),
    orgId: checkValue('orgId', orgId),
  };
}

/** Header values are bytes (RFC 9110 §5.5); non-ASCII names are sent as the UTF-8 that is signed. */
function encodeUser(user: string): string {
  const isText = !/[\x00-\x1f\x7f-\x9f]/.test(user) && user.isWellFormed();
  return isText && isTrimmed(user)
    ? Buffer.from(user).toString('latin1')
    : refuse('user', 'UTF-8, [^\\r\\n\\0]');
}

/** Secrets are sent unencoded: one byte per character. */
function checkValue(name: string, value: string): string {
  return /^[\x20-\x7e\xa0-\xff]+$/.test(value) && isTrimmed(value)
    ? value
    : refuse(name, 'ISO 8859-1, [^\\r\\n\\0]');
}

/** Leading and trailing spaces are not part of a header's value. */
function isTrimmed(value: string): boolean {
  return value !== '' && value === value.trim();
}

function refuse(name: string, expected: string): never {
  throw new DeskError('usage.invalidValue', { name, value: '…', expected });
}
