import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A working directory with a program `canary` first on PATH and a secret in the environment. */
export interface CanaryCage {
  readonly folder: string;
  /** The folder of the canary. */
  readonly programs: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Files that a canary or a redirection left behind; empty unless something was executed. */
  traces(): readonly string[];
  /** Runs a script in a shell and returns its output, split at each NUL. */
  evaluate(shell: string, script: string): readonly string[];
  close(): Promise<void>;
}

export const SECRET = 'secret-of-the-environment';

export function openCanaryCage(): CanaryCage {
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-canary-'));
  const programs = join(folder, 'bin');
  const work = join(folder, 'work');
  mkdirSync(programs);
  mkdirSync(work);
  const canary = join(programs, 'canary');
  writeFileSync(canary, `#!/bin/sh\necho "$@" >>'${join(work, 'canary-ran')}'\n`);
  chmodSync(canary, 0o755);
  const environment = {
    PATH: `${programs}:${process.env.PATH ?? ''}`,
    HOME: work,
    LC_ALL: 'C.UTF-8',
    HPC_SECRET: SECRET,
  };
  return {
    folder: work,
    programs,
    environment,
    traces: () => (existsSync(work) ? readdirSync(work) : []),
    evaluate(shell, script) {
      const output = execFileSync(shell, OPTIONS[shell] ?? [], {
        input: script,
        encoding: 'utf8',
        env: environment,
        cwd: work,
        maxBuffer: 64 * 1024 * 1024,
      });
      return output.split('\0').slice(0, -1);
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Each skips startup files and evaluates its input like a user's `eval "$(hpc-desk …)"`. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  dash: ['-uc', 'eval "$(cat)"'],
  bash: ['--norc', '-uc', 'eval "$(cat)"'],
  zsh: ['-f', '-uc', 'eval "$(cat)"'],
};
