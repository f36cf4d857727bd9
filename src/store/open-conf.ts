import type Conf from 'conf';

/** The content of one of our files. */
export type Entries = Readonly<Record<string, unknown>>;

export type OpenConf = (folder: string, name: string) => { store: Entries };

/**
 * Loads conf, which takes a while, and answers with a way to open `NAME.json` in a folder.
 *
 * Only the whole `store` is used: `set` cannot hold a profile called `constructor`, and merges without a lock.
 * No `defaults` (they write on construction) and no `schema` (ajv is left out of the built program).
 * Opening a file that is not there makes its folder, so the caller looks first.
 */
export async function loadConf(): Promise<OpenConf> {
  const { default: Conf } = await import('conf');
  return (folder, name): Conf<Record<string, unknown>> =>
    new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: name,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      serialize,
      deserialize,
    });
}

/** The text of a file with this content. */
export function serialize(entries: Entries): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

function deserialize(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (!isEntries(value)) throw new SyntaxError('not an object');
  return { ...value };
}

/** Whether a value out of JSON is an object, and neither a list nor null. */
export function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
