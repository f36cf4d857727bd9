import { DeskError } from '../../errors/desk-error.js';
import type { StoredLogin } from '../../model/login.js';
import { nearestWord } from '../../model/nearest-word.js';
import { readTokenClaims } from '../../model/token.js';

/** One cluster as a choice: usable when the account has a token for it. */
export interface ClusterChoice {
  readonly id: string;
  readonly name: string;
  readonly isUsable: boolean;
}

/**
 * Finds the clusters that a selector means: a whole id or name first, then a part of the name in any letter case.
 * Without a selector every usable one.
 */
export function matchClusters<Choice extends ClusterChoice>(
  clusters: readonly Choice[],
  selector: string | undefined,
): readonly Choice[] {
  if (selector === undefined) return clusters.filter(({ isUsable }) => isUsable);
  const whole = clusters.filter(({ id, name }) => id === selector || name === selector);
  if (whole.length > 0) return whole;
  const part = comparable(selector);
  return part === '' ? [] : clusters.filter(({ name }) => comparable(name).includes(part));
}

/**
 * The one cluster that is meant.
 *
 * @throws cluster.notFound, cluster.ambiguous, cluster.disabled
 */
export function chooseCluster<Choice extends ClusterChoice>(
  clusters: readonly Choice[],
  selector: string | undefined,
): Choice {
  const matches = matchClusters(clusters, selector);
  const usable = matches.filter(({ isUsable }) => isUsable);
  const [cluster, ...others] = usable.length > 0 ? usable : matches;
  if (cluster === undefined) {
    const suggestion = selector ? nearestWord(selector, clusters.flatMap(wordsOf)) : undefined;
    throw new DeskError('cluster.notFound', { selector, suggestion });
  }
  if (others.length > 0) {
    const names = [cluster, ...others].map(({ id, name }) => `${name} (${id})`);
    throw new DeskError('cluster.ambiguous', { selector, matches: names });
  }
  if (!cluster.isUsable) throw new DeskError('cluster.disabled', { cluster: cluster.name });
  return cluster;
}

/** What somebody may have meant to type: a usable cluster's id, its name, or a part between the brackets of it. */
function wordsOf({ id, name, isUsable }: ClusterChoice): readonly string[] {
  return isUsable ? [id, name, ...name.split(/[【】[\]\s]+/)].filter((word) => word !== '') : [];
}

/** Names carry full-width brackets that nobody types: `华东一区【昆山】` is found by `华东一区[昆山]` too. */
function comparable(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll('【', '[')
    .replaceAll('】', ']')
    .replaceAll(/\s/g, '')
    .toLowerCase();
}

export interface ClusterView {
  readonly id: string;
  readonly name: string;
  /** Whether the account has a token for it. */
  readonly usable: boolean;
  readonly current: boolean;
  /** As the cluster's token says; empty when it does not. */
  readonly accountStatus: string;
}

/** The clusters of a login; one by token alone knows no other than its own. */
export function describeClusters({
  cluster,
  clusters,
  token,
}: StoredLogin): readonly ClusterView[] {
  const known = clusters.length > 0 ? clusters : [{ ...cluster, token }];
  return known.map(({ id, name, token }) => ({
    id,
    name,
    usable: token !== undefined,
    current: id === cluster.id,
    accountStatus: (token && readTokenClaims(token).accountStatus) ?? '',
  }));
}
