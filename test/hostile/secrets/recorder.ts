import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a child was started with. */
export interface Note {
  /** Name of the program, and what was noted: `argv`, `env` or `fds`. */
  readonly program: string;
  readonly kind: string;
  readonly text: string;
}

export interface Recorder {
  /** A folder for PATH. */
  readonly folder: string;
  /** Creates a program of this name that records what it is given, then runs the lines. */
  place(name: string, lines: string): string;
  notes(): readonly Note[];
}

/** Records from /proc, which is what other users and the child's own children can read. */
const NOTE_EVERYTHING = `#!/bin/sh
note="$(dirname "$0")/notes/$(basename "$0").$$"
tr '\\0' '\\n' < /proc/$$/cmdline > "$note.argv"
tr '\\0' '\\n' < /proc/$$/environ > "$note.env"
for fd in /proc/$$/fd/*; do readlink "$fd"; done > "$note.fds"
`;

/** Creates replacements for ssh, viewer and browser. */
export function createRecorder(parent: string): Recorder {
  const folder = join(parent, 'programs');
  const notes = join(folder, 'notes');
  mkdirSync(notes, { recursive: true });
  return {
    folder,
    place(name, lines) {
      const path = join(folder, name);
      writeFileSync(path, `${NOTE_EVERYTHING}${lines}\n`);
      chmodSync(path, 0o755);
      return path;
    },
    notes: () =>
      readdirSync(notes).map((name) => ({
        program: name.replace(/\.\d+\.\w+$/, ''),
        kind: name.split('.').at(-1) ?? '',
        text: readFileSync(join(notes, name), 'utf8'),
      })),
  };
}

/** Prints its arguments and environment, like a program that fails verbosely. */
const COMPLAIN = 'echo "arguments: $*" >&2; env >&2';

/** An ssh that supports `-V` and `-G`, cannot share a connection, and connects directly to the target of `-W`. */
export const CARRYING_SSH = `
case "$1" in -V) echo OpenSSH_9.2p1 >&2; exit;; -G) echo hostname localhost; exit;; esac
case "$*" in *ControlMaster=yes*) echo "no socket: $*" >&2; exec tail -f /dev/null;; esac
while [ "$1" != -W ]; do shift; done
exec '${process.execPath}' -e '
  const [host, port] = process.argv[1].split(":");
  const socket = require("net").connect(port, host);
  process.stdin.pipe(socket).pipe(process.stdout);
  socket.on("close", () => process.exit());
' "$2"`;

export const FAILING_SSH = `
case "$1" in -V) echo OpenSSH_9.2p1 >&2; exit;; -G) echo hostname localhost; exit;; esac
${COMPLAIN}
exit 255`;

const INTRODUCE = `case "$1" in -help) echo 'TigerVNC Viewer 64-bit v1.12.0' >&2; exit 1;; esac`;
export const STAYING_VIEWER = `${INTRODUCE}\nexec tail -f /dev/null`;
export const FAILING_VIEWER = `${INTRODUCE}\n${COMPLAIN}\nexit 1`;

/** Loads the page as a browser does. */
export const BROWSER = 'cat "$1" "$(dirname "$1")/style.css" > /dev/null';
