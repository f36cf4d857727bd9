import { DeskError } from '../../errors/desk-error.js';
import type { StoredLogin } from '../../model/login.js';
import { readTokenClaims } from '../../model/token.js';
import { takeOnly } from '../take-only.js';

/** A selectable cluster; usable when the account has a token for it. */
export interface ClusterChoice {
  readonly id: string;
  readonly name: string;
  readonly isUsable: boolean;
}

/** Exact matches of id or name, else of a part of the name, ignoring case; without a selector, every usable cluster. */
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

/** The only cluster that matches. @throws cluster.notFound, cluster.ambiguous, cluster.disabled */
export function chooseCluster<Choice extends ClusterChoice>(
  clusters: readonly Choice[],
  selector: string | undefined,
): Choice {
  const matches = matchClusters(clusters, selector);
  const usable = matches.filter(({ isUsable }) => isUsable);
  const found = usable.length > 0 ? usable : matches;
  const cluster = takeOnly('cluster', selector, found, clusters.flatMap(wordsOf), nameOf);
  if (!cluster.isUsable) throw new DeskError('cluster.disabled', { cluster: cluster.name });
  return cluster;
}

/** How a cluster is offered. */
export function nameOf({ id, name }: Pick<ClusterChoice, 'id' | 'name'>): string {
  return `${name} (${id})`;
}

/** Words for spelling suggestions: id, name, and the parts of the name between brackets. */
function wordsOf({ id, name, isUsable }: ClusterChoice): readonly string[] {
  return isUsable ? [id, name, ...name.split(/[【】[\]\s]+/)].filter((word) => word !== '') : [];
}

/** Names contain full-width brackets, which are hard to type: `华东一区[昆山]` matches `华东一区【昆山】`. */
function comparable(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll('【', '[')
    .replaceAll('】', ']')
    .replaceAll(/\s/g, '')
    .toLowerCase();
}

/** The clusters of a login; a login by token knows only its own. */
export function describeClusters({ cluster, clusters, token }: StoredLogin) {
  const known = clusters.length > 0 ? clusters : [{ ...cluster, token }];
  return known.map(({ id, name, token }) => ({
    id,
    name,
    usable: token !== undefined,
    current: id === cluster.id,
    /** From the token's claims; empty when missing. */
    accountStatus: (token && readTokenClaims(token).accountStatus) ?? '',
  }));
}
