import { isDeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import type { StoredAccessKey, StoredLogin } from '../../model/login.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { Accounts, ClusterFacts, ClusterToken } from '../../platform/accounts.js';
import { chooseCluster, matchClusters } from './choose-cluster.js';

export interface LogInFacts {
  readonly accounts: Accounts;
  readonly platformUrl: BaseUrl;
  /** As in `StoredLogin`. */
  readonly allowsHttp: boolean;
  /** The platform login name; it is not always in the token. */
  readonly user: string;
  /** Id or part of the name of the cluster that is wanted. */
  readonly clusterSelector: string | undefined;
  readonly accessKey: StoredAccessKey | undefined;
  /** Asks which cluster when several could be meant; undefined where nobody can be asked. */
  readonly pickCluster: ((names: readonly string[]) => Promise<number>) | undefined;
}

interface Cluster extends ClusterToken {
  readonly isUsable: boolean;
}

interface UsableCluster extends Cluster {
  readonly token: Token;
  readonly facts: ClusterFacts;
}

/**
 * From the clusters of a log-in to the login that is stored: the cluster that is meant, and where its service is.
 *
 * @throws cluster.notFound, cluster.ambiguous, cluster.disabled, platform.*, network.*
 */
export async function logIn(
  tokens: readonly ClusterToken[],
  facts: LogInFacts,
): Promise<StoredLogin> {
  const { accounts, platformUrl, allowsHttp, clusterSelector } = facts;
  const clusters = tokens.map((entry) => ({ ...entry, isUsable: entry.token !== undefined }));
  const candidates = matchClusters(clusters, clusterSelector).filter(hasToken);
  // Nothing usable is meant: the choice says why, in the error for it.
  if (candidates.length === 0) chooseCluster(clusters, clusterSelector);
  const usable = await askAll(accounts, candidates);
  const { token, facts: cluster, id, name } = await pick(usable, facts);
  const [apiUrl, ...otherApiUrls] = cluster.apiUrls as [BaseUrl, ...BaseUrl[]];
  const claims = readTokenClaims(token);
  return {
    token,
    apiUrl,
    otherApiUrls,
    platformUrl,
    allowsHttp,
    user: facts.user || (claims.user ?? ''),
    clusterUser: cluster.clusterUser || (claims.clusterUser ?? ''),
    cluster: { id, name: name || cluster.name },
    accountStatus: claims.accountStatus ?? '',
    expiresAt: claims.expiresAt?.toISOString() ?? '',
    clockOffsetMs: accounts.clockOffsetMs(),
    clusters: tokens,
    accessKey: facts.accessKey,
  };
}

/** A cluster that was given by nothing but its token: its id and name come from the cluster itself. */
export async function describeCluster(accounts: Accounts, token: Token): Promise<ClusterToken> {
  const { id, name } = await accounts.describeCluster(token);
  return { id, name, token };
}

/**
 * Adds what the platform says of the cluster to a login by token and API URL. Nothing hangs on it, so that a platform
 * that does not answer leaves the name empty.
 *
 * @throws what is no answer of the platform, an abort for one
 */
export async function addClusterName(login: StoredLogin, accounts: Accounts): Promise<StoredLogin> {
  try {
    const { id, name, clusterUser } = await accounts.describeCluster(login.token);
    return {
      ...login,
      cluster: { id, name },
      clusterUser: login.clusterUser || clusterUser,
      clockOffsetMs: accounts.clockOffsetMs(),
    };
  } catch (error) {
    if (isDeskError(error)) return login;
    throw error;
  }
}

async function pick(
  clusters: readonly UsableCluster[],
  { clusterSelector, pickCluster }: LogInFacts,
): Promise<UsableCluster> {
  if (clusters.length > 1 && pickCluster !== undefined) {
    const index = await pickCluster(clusters.map(({ id, name }) => `${name} (${id})`));
    return clusters[index] as UsableCluster;
  }
  return chooseCluster(clusters, clusterSelector);
}

/** The clusters with desktops. One that does not answer is no reason to do without the others. */
async function askAll(
  accounts: Accounts,
  clusters: readonly (Cluster & { readonly token: Token })[],
): Promise<readonly UsableCluster[]> {
  const answers = await Promise.allSettled(clusters.map((cluster) => ask(accounts, cluster)));
  const answered = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (answered.length === 0 && failed !== undefined) throw failed.reason;
  return answered.filter(({ facts }) => facts.apiUrls.length > 0);
}

async function ask(
  accounts: Accounts,
  cluster: Cluster & { token: Token },
): Promise<UsableCluster> {
  return { ...cluster, facts: await accounts.describeCluster(cluster.token) };
}

function hasToken(cluster: Cluster): cluster is Cluster & { readonly token: Token } {
  return cluster.token !== undefined;
}
