import { createHmac } from 'node:crypto';
import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText, isLoopbackUrl, parseBaseUrl } from '../../model/base-url.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type {
  AccessKeyCredentials,
  ClusterFacts,
  ClusterToken,
  PasswordCredentials,
} from '../accounts.js';
import type { WireCenter, WireClusterToken, WireRenewedToken } from './account-endpoints.js';
import type { Credentials } from './send-request.js';

/** A cluster names two or three; all of them are kept for every cluster of an account. */
const MAX_URLS = 16;

/** The clusters of a log-in's answer, without the platform's own entry: its token opens no cluster. */
export function toClusterTokens(wires: readonly WireClusterToken[]): readonly ClusterToken[] {
  return wires
    .map(({ clusterId, clusterName, token }) => ({ id: clusterId, name: clusterName, token }))
    .filter(({ id, name }) => id !== '0' && name !== 'ac');
}

/** What a cluster says of itself; of its URLs, those that are enabled and that a token may go to. */
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
 * Chooses from a renewal's answer: where it lists clusters, the one that the old token says it is for. With one entry
 * there is no choice; among several that do not fit none is ours, and another cluster's token must not go to our cluster.
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

/** `"true"` on the API page; other forms are in the wild, and where nothing is said, nothing is disabled. */
function isEnabled(enable: unknown): boolean {
  return enable === undefined || enable === null || /^(true|1)$/i.test(String(enable));
}

/** A platform on https does not make us send a token in clear text, nor to a service of this machine. */
function isAsSafe(url: BaseUrl, platformUrl: BaseUrl): boolean {
  return (
    (!isClearText(url) || isClearText(platformUrl)) &&
    (!isLoopbackUrl(url) || isLoopbackUrl(platformUrl))
  );
}

/**
 * The headers of a log-in by access key, signed for one moment (API page `get-user-tokens-aksk`).
 *
 * @throws usage.invalidValue for what cannot be a header; the value is not repeated.
 */
export function toAccessKeyHeaders(
  { user, accessKey, secretKey }: AccessKeyCredentials,
  at: Date,
): Credentials {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  // The page defines the keys and their order, but nothing beyond ASCII. The text itself is signed, in UTF-8: what a
  // server gets that writes the same JSON in the common way. Public clients differ; some sign \uXXXX escapes.
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
 * The headers of a log-in by password (API page `get-user-tokens`).
 *
 * @throws usage.invalidValue for what cannot be a header; the value is not repeated.
 */
export function toPasswordHeaders({ user, password, orgId }: PasswordCredentials): Credentials {
  return {
    user: encodeUser(user),
    password: checkValue('password', password),
    orgId: checkValue('orgId', orgId),
  };
}

/** A header is bytes (RFC 9110 §5.5), and a name beyond ASCII goes as its UTF-8: the same bytes that are signed. */
function encodeUser(user: string): string {
  const isText = !/[\x00-\x1f\x7f-\x9f]/.test(user) && user.isWellFormed();
  return isText && isTrimmed(user)
    ? Buffer.from(user).toString('latin1')
    : refuse('user', 'UTF-8, [^\\r\\n\\0]');
}

/** Secrets go as they are, one byte for each character. */
function checkValue(name: string, value: string): string {
  return /^[\x20-\x7e\xa0-\xff]+$/.test(value) && isTrimmed(value)
    ? value
    : refuse(name, 'ISO 8859-1, [^\\r\\n\\0]');
}

/** Blanks at the ends are not part of a header's value: the server would see another one. */
function isTrimmed(value: string): boolean {
  return value !== '' && value === value.trim();
}

function refuse(name: string, expected: string): never {
  throw new DeskError('usage.invalidValue', { name, value: '…', expected });
}
