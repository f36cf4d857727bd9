import type { Candidate } from '../../model/command-tree.js';
import type { Session } from '../../model/session.js';
import { parseSetting } from '../../model/settings.js';

const MAX_NOTE_CHARS = 80;

/**
 * Whether a text may stand on a command line as it is: a plain word in every shell, and never an option. What comes
 * from a server and is something else is not offered.
 */
export function isHarmlessWord(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,127}$/.test(text);
}

/** The ids, each with node and display, size, and since when it runs. */
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

/** The clusters of a stored login that can be used; the login is as it stands in the file, so anything may be missing. */
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

/** The names of stored logins, each with whose it is and where. */
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

/** The ids of background tunnels, each with its session; the records may be anything. */
export function offerTunnels(records: readonly unknown[]): readonly Candidate[] {
  return records.map((record) => ({
    word: textOf(fieldOf(record, 'id')),
    note: joinFacts(textOf(fieldOf(record, 'sessionId'))),
  }));
}

/** What `--viewer` takes besides a path. */
export function offerViewers(
  found: readonly { readonly id: string; readonly name: string }[],
): readonly Candidate[] {
  const fixed = ['auto', 'web', 'none'].map((word) => ({ word, note: '' }));
  return [...fixed, ...found.map(({ id, name }) => ({ word: id, note: joinFacts(name) }))];
}

/** The value that an option has among typed words: behind `=` or as the next word, and the last one counts. */
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
