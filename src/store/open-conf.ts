import { type Entries, isEntries } from './entries.js';

/** Opens `NAME.json` in a folder. */
export type OpenConf = (folder: string, name: string) => ConfFile;

export interface ConfFile {
  /** What it held when it was opened; nothing when it was not there. */
  readonly entries: Entries;
  write(entries: Entries): void;
}

/**
 * Loads conf, which takes a while, and answers with a way to open files.
 *
 * Only whole contents are read and written: `set` cannot hold a profile called `constructor`, and merges without a lock.
 * No `defaults` (they write on construction) and no `schema` (ajv is left out of the built program).
 * Opening a file that is not there makes its folder, so the caller looks first.
 */
export async function loadConf(): Promise<OpenConf> {
  const { default: Conf } = await import('conf');
  return (folder, name) => {
    let entries: Entries = {};
    const conf = new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: name,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      serialize,
      deserialize(text) {
        // conf would read the file again each time it is asked.
        const read = deserialize(text);
        entries = read;
        return read;
      },
    });
    return {
      entries,
      write(content) {
        conf.store = content;
      },
    };
  };
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
