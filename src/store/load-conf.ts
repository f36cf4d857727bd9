import type { Entries } from './entries.js';

/** Writes `NAME.json` in a folder that is there. */
export type WriteEntries = (folder: string, name: string, entries: Entries) => void;

/**
 * Loads conf, which takes a while, and answers with a way to write files; only what changes something needs it.
 *
 * Only whole contents are written: `set` cannot hold a profile called `constructor`, and merges without a lock.
 * No `defaults` (they write on construction) and no `schema` (ajv is left out of the built program).
 */
export async function loadConf(): Promise<WriteEntries> {
  const { default: Conf } = await import('conf');
  return (folder, name, entries) => {
    const conf = new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: name,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      serialize,
    });
    conf.store = { ...entries };
  };
}

/** The text of a file with this content. */
export function serialize(entries: Entries): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
