import type { BaseUrl } from '../model/base-url.js';
import type { StoredAccessKey, StoredLogin } from '../model/stored-login.js';
import { readTokenClaims, type Token } from '../model/token.js';
import type { Accounts, ClusterFacts, ClusterToken } from '../platform/accounts.js';
import { chooseCluster, matchClusters } from './choose-cluster.js';

export interface LogInFacts {
  readonly accounts: Accounts;
  readonly platformUrl: BaseUrl;
  /** The platform login name; it is not always in the token. */
  readonly user: string;
  /** Id or part of the name of the region that is wanted. */
  readonly clusterWish: string | undefined;
  readonly accessKey: StoredAccessKey | undefined;
  /** Asks which region when several could be meant; undefined where nobody can be asked. */
  readonly pickCluster: ((names: readonly string[]) => Promise<number>) | undefined;
}

interface Region extends ClusterToken {
  readonly isUsable: boolean;
}

interface UsableRegion extends Region {
  readonly token: Token;
  readonly facts: ClusterFacts;
}

/**
 * From the regions of a log-in to the login that is stored: the region that is meant, and where its service is.
 *
 * @throws cluster.notFound, cluster.ambiguous, cluster.disabled, platform.*, network.*
 */
export async function logIn(
  tokens: readonly ClusterToken[],
  facts: LogInFacts,
): Promise<StoredLogin> {
  const { accounts, platformUrl, clusterWish } = facts;
  const regions = tokens.map((entry) => ({ ...entry, isUsable: entry.token !== undefined }));
  const candidates = matchClusters(regions, clusterWish).filter(hasToken);
  // Nothing usable is meant: the choice says why, in the error for it.
  if (candidates.length === 0) chooseCluster(regions, clusterWish);
  const usable = await askAll(accounts, candidates);
  const { token, facts: cluster, id, name } = await pick(usable, facts);
  const [apiUrl, ...otherApiUrls] = cluster.apiUrls as [BaseUrl, ...BaseUrl[]];
  const claims = readTokenClaims(token);
  return {
    token,
    apiUrl,
    otherApiUrls,
    platformUrl,
    user: facts.user || (claims.user ?? ''),
    clusterUser: cluster.clusterUser || (claims.clusterUser ?? ''),
    cluster: { id, name: name || cluster.name },
    accountStatus: claims.accountStatus ?? '',
    expiresAt: claims.expiresAt?.toISOString() ?? '',
    clusters: tokens,
    accessKey: facts.accessKey,
  };
}

/** A region that was given by nothing but its token: its id and name come from the region itself. */
export async function describeRegion(accounts: Accounts, token: Token): Promise<ClusterToken> {
  const { id, name } = await accounts.describeCluster(token);
  return { id, name, token };
}

async function pick(
  regions: readonly UsableRegion[],
  { clusterWish, pickCluster }: LogInFacts,
): Promise<UsableRegion> {
  if (regions.length > 1 && pickCluster !== undefined) {
    const index = await pickCluster(regions.map(({ id, name }) => `${name} (${id})`));
    return regions[index] as UsableRegion;
  }
  return chooseCluster(regions, clusterWish);
}

/** The regions with desktops. One that does not answer is no reason to do without the others. */
async function askAll(
  accounts: Accounts,
  regions: readonly (Region & { readonly token: Token })[],
): Promise<readonly UsableRegion[]> {
  const answers = await Promise.allSettled(regions.map((region) => ask(accounts, region)));
  const answered = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (answered.length === 0 && failed !== undefined) throw failed.reason;
  return answered.filter(({ facts }) => facts.apiUrls.length > 0);
}

async function ask(accounts: Accounts, region: Region & { token: Token }): Promise<UsableRegion> {
  return { ...region, facts: await accounts.describeCluster(region.token) };
}

function hasToken(region: Region): region is Region & { readonly token: Token } {
  return region.token !== undefined;
}
