import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface FakeBrowser {
  /** Its folder, to be added to PATH. */
  readonly folder: string;
  readonly path: string;
  /** What it recorded: `argv`, `env`, `page` (text of the page) or `modes` (of page and folder). */
  noted(what: string): Promise<string>;
  wasStarted(): Promise<boolean>;
  /** Whether the page passed to it still exists. */
  isPageLeft(): Promise<boolean>;
  remove(): Promise<void>;
}

/** Records the arguments from /proc, where other users can read them. */
const NOTE_EVERYTHING = `#!/bin/sh
tr '\\0' '\\n' < /proc/$$/cmdline > "$0.argv"
env > "$0.env"
stat -c %a "$1" "$(dirname "$1")" > "$0.modes"
`;
const LOAD = 'cat "$1" > "$0.page"; cat "$(dirname "$1")/style.css" > /dev/null\n';

/**
 * Creates a program that records how it was started, loads the page like a browser unless `loads` is false, and then
 * runs the shell commands in `ending`.
 */
export async function createFakeBrowser({
  name = 'browser',
  loads = true,
  ending = '',
}: FakeBrowserOptions = {}): Promise<FakeBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-browser-'));
  const path = join(folder, name);
  await writeFile(path, `${NOTE_EVERYTHING}${loads ? LOAD : ''}${ending}\n`);
  await chmod(path, 0o755);
  const noted = (what: string) => readFile(`${path}.${what}`, 'utf8');
  return {
    folder,
    path,
    noted,
    wasStarted: () => isThere(`${path}.argv`),
    isPageLeft: async () => isThere(dirname((await noted('argv')).trim().split('\n').at(-1) ?? '')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface FakeBrowserOptions {
  readonly name?: string;
  readonly loads?: boolean;
  readonly ending?: string;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
