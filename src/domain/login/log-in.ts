import { isDeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import {
  describeToken,
  type StoredAccessKey,
  type StoredCluster,
  type StoredLogin,
} from '../../model/login.js';
import type { Token } from '../../model/token.js';
import type { Accounts } from '../../platform/accounts.js';
import { type ClusterChoice, chooseCluster, matchClusters, nameOf } from './choose-cluster.js';

export interface LogInFacts {
  readonly accounts: Accounts;
  readonly platformUrl: BaseUrl;
  /** As in `StoredLogin`. */
  readonly allowsHttp: boolean;
  /** Platform user name; not every token contains it. */
  readonly user: string;
  /** Id or part of the name of the requested cluster. */
  readonly clusterSelector: string | undefined;
  readonly accessKey: StoredAccessKey | undefined;
  /** Lets the user pick one of several clusters; undefined without a terminal. */
  readonly pickCluster: ((names: readonly string[]) => Promise<number>) | undefined;
}

/**
 * Picks a cluster from a login response, looks up its service and returns the login to store.
 *
 * @throws cluster.notFound, cluster.ambiguous, cluster.disabled, platform.*, network.*
 */
export async function logIn(
  tokens: readonly StoredCluster[],
  facts: LogInFacts,
): Promise<StoredLogin> {
  const { accounts, platformUrl, allowsHttp, clusterSelector, pickCluster } = facts;
  const clusters = tokens.map((entry) => ({ ...entry, isUsable: entry.token !== undefined }));
  const candidates = matchClusters(clusters, clusterSelector).filter(({ isUsable }) => isUsable);
  // Throws the error that explains why.
  if (candidates.length === 0) chooseCluster(clusters, clusterSelector);
  const usable = await describeAll(accounts, candidates);
  const picked = usable.length > 1 ? await pickCluster?.(usable.map(nameOf)) : undefined;
  const chosen = picked === undefined ? undefined : usable[picked];
  const { token, facts: cluster, id, name } = chosen ?? chooseCluster(usable, clusterSelector);
  const [apiUrl, ...otherApiUrls] = cluster.apiUrls as [BaseUrl, ...BaseUrl[]];
  const login = describeToken(token, apiUrl, platformUrl, allowsHttp);
  return {
    ...login,
    otherApiUrls,
    user: facts.user || login.user,
    clusterUser: cluster.clusterUser || login.clusterUser,
    cluster: { id, name: name || cluster.name },
    clockOffsetMs: accounts.clockOffsetMs(),
    clusters: tokens,
    accessKey: facts.accessKey,
  };
}

/** Looks up the cluster of a bare token. */
export async function describeCluster(accounts: Accounts, token: Token): Promise<StoredCluster> {
  const { id, name } = await accounts.describeCluster(token);
  return { id, name, token };
}

/**
 * Adds the cluster's name to a login by token and API URL. The name is optional, so a failed request leaves it empty.
 *
 * @throws errors other than DeskError, such as an abort
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

/** Describes the clusters concurrently and returns those with desktops; ignores failures unless all fail. */
async function describeAll(
  accounts: Accounts,
  clusters: readonly (StoredCluster & ClusterChoice)[],
) {
  const answers = await Promise.allSettled(
    clusters.map(async ({ token, ...cluster }) =>
      token === undefined
        ? []
        : { ...cluster, token, facts: await accounts.describeCluster(token) },
    ),
  );
  const answered = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (answered.length === 0 && failed !== undefined) throw failed.reason;
  return answered.filter(({ facts }) => facts.apiUrls.length > 0);
}
