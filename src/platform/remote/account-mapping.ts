import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText, isLoopbackUrl, parseBaseUrl } from '../../model/base-url.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { ClusterFacts, ClusterToken } from '../accounts.js';
import type { WireCenter, WireClusterToken, WireRenewedToken } from './account-schemas.js';

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
    .map(({ url }) => parseBaseUrl(url))
    .filter((url) => url !== undefined && isAsSafe(url, platformUrl));
  return {
    id: wire.id,
    name: wire.name,
    clusterUser: wire.clusterUserInfo?.userName ?? '',
    apiUrls: [...new Set(apiUrls as BaseUrl[])],
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
