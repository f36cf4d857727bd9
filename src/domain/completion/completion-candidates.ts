import type { Candidate } from '../../model/command-tree.js';
import type { Session } from '../../model/session.js';
import { parseSetting } from '../../model/settings.js';

const MAX_NOTE_CHARS = 80;

/** Whether a text from a server can be offered: a plain word in every shell, and no option. */
export function isHarmlessWord(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,127}$/.test(text);
}

/** Session IDs with node, display, size and start time. */
export function offerSessions(sessions: readonly Session[]): readonly Candidate[] {
  return sessions.map(({ sessionId, name, widthPx, heightPx, createdAt }) => ({
    word: sessionId,
    note: joinFacts(
      name,
      widthPx > 0 ? `${widthPx}x${heightPx}` : '',
      createdAt.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' '),
    ),
  }));
}

/** The usable clusters of a stored login, which is unvalidated file content. */
export function offerClusters(login: unknown): readonly Candidate[] {
  const list = fieldOf(login, 'clusters');
  const usable = Array.isArray(list)
    ? list.filter((cluster) => fieldOf(cluster, 'token') !== undefined)
    : [];
  const known = usable.length > 0 ? usable : [fieldOf(login, 'cluster')];
  return known.map((cluster) => ({
    word: textOf(fieldOf(cluster, 'id')),
    note: joinFacts(textOf(fieldOf(cluster, 'name'))),
  }));
}

/** Names of stored logins with user and cluster. */
export function offerProfiles(profiles: unknown): readonly Candidate[] {
  if (typeof profiles !== 'object' || profiles === null) return [];
  return Object.entries(profiles)
    .filter(([name]) => parseSetting('profile', name) !== undefined)
    .map(([name, login]: [string, unknown]) => ({
      word: name,
      note: joinFacts(
        textOf(fieldOf(login, 'user')),
        textOf(fieldOf(fieldOf(login, 'cluster'), 'name')),
      ),
    }))
    .toSorted((a, b) => (a.word < b.word ? -1 : 1));
}

/** IDs of background tunnels with their session; the records are unvalidated. */
export function offerTunnels(records: readonly unknown[]): readonly Candidate[] {
  return records.map((record) => ({
    word: textOf(fieldOf(record, 'id')),
    note: joinFacts(textOf(fieldOf(record, 'sessionId'))),
  }));
}

/** Values of `--viewer` other than a path. */
export function offerViewers(
  found: readonly { readonly id: string; readonly name: string }[],
): readonly Candidate[] {
  const fixed = ['auto', 'web', 'none'].map((word) => ({ word, note: '' }));
  return [...fixed, ...found.map(({ id, name }) => ({ word: id, note: joinFacts(name) }))];
}

/** The last value of an option among the words, after `=` or as the next word. */
export function findTyped(words: readonly string[], option: string): string | undefined {
  const values = words.flatMap((word, index) => {
    if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)];
    return words[index - 1] === option ? [word] : [];
  });
  return values.at(-1);
}

export function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function joinFacts(...facts: readonly string[]): string {
  const text = facts.filter((fact) => fact !== '').join(', ');
  return [...text].slice(0, MAX_NOTE_CHARS).join('');
}
