import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../helpers/eventually.js';

export interface FakeViewer {
  readonly path: string;
  /** What it has recorded: `argv`, `env`, `stdin`, `file` (text of the file that an argument names) or `modes`. */
  noted(what: string): Promise<string>;
  remove(): Promise<void>;
}

/** Records the arguments from /proc, where other users can read them. */
const NOTE_EVERYTHING = `#!/bin/sh
tr '\\0' '\\n' < /proc/$$/cmdline > "$0.argv.part"
env > "$0.env.part"
cat > "$0.stdin.part"
for argument in "$@"; do
  file="\${argument#*=}"
  case "$file" in */session.vnc)
    cat "$file" > "$0.file.part"
    stat -c %a "$file" "$(dirname "$file")" > "$0.modes.part"
    dirname "$file" > "$0.folder.part" ;;
  esac
done
for part in "$0".*.part; do mv "$part" "\${part%.part}"; done
`;

/** Creates an executable that records everything it is given and then runs `ending`. */
export async function createFakeViewer(ending: string): Promise<FakeViewer> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-viewer-'));
  const path = join(folder, 'viewer');
  await writeFile(path, `${NOTE_EVERYTHING}${ending}\n`);
  await chmod(path, 0o755);
  return {
    path,
    noted: async (what) => {
      const read = async () => ({ text: await readFile(`${path}.${what}`, 'utf8') });
      return (await eventually(read)).text;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
