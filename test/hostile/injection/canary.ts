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

/** A folder to work in where a program `canary` is first on PATH, and a secret stands in the environment. */
export interface CanaryCage {
  readonly folder: string;
  /** The folder of the canary. */
  readonly programs: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What a canary did, or a redirection left behind: empty unless something was run. */
  traces(): readonly string[];
  /** Runs a shell on a script; what it prints, cut at each NUL. */
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

/** Each reads no start-up files and evaluates what comes in as a user's `eval "$(hpc-desk …)"` does. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  dash: ['-uc', 'eval "$(cat)"'],
  bash: ['--norc', '-uc', 'eval "$(cat)"'],
  zsh: ['-f', '-uc', 'eval "$(cat)"'],
};
