import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alwaysQuotePosix } from '../../src/model/quote.js';

export interface StandIn {
  /** A folder to prepend to PATH. */
  readonly bin: string;
  /** The arguments of each call since the last `calls()`, in order. */
  calls(): readonly (readonly string[])[];
}

/** Writes a fake `hpc-desk` that logs its arguments and prints fixed output for each kind. */
export function writeFakeProgram(
  folder: string,
  answers: Readonly<Record<string, string>>,
): StandIn {
  const bin = join(folder, 'bin');
  const log = join(folder, 'calls');
  mkdirSync(bin);
  const branches = Object.entries(answers).map(([kind, text]) => {
    const file = join(folder, `answer-${kind}`);
    writeFileSync(file, text);
    return `  ${alwaysQuotePosix(kind)}) cat ${alwaysQuotePosix(file)} ;;`;
  });
  const lines = [
    '#!/bin/sh',
    `for word; do printf '%s\\0' "$word" >>${alwaysQuotePosix(log)}; done`,
    `printf '\\n\\0' >>${alwaysQuotePosix(log)}`,
    'echo "must not be seen" >&2',
    'case $2 in',
    ...branches,
    'esac',
    'exit 9',
  ];
  writeFileSync(join(bin, 'hpc-desk'), `${lines.join('\n')}\n`, { mode: 0o755 });
  return {
    bin,
    calls() {
      const text = readFileSync(log, 'utf8');
      rmSync(log);
      const calls = text.split('\n\0').slice(0, -1);
      return calls.map((call) => call.split('\0').slice(0, -1));
    },
  };
}
