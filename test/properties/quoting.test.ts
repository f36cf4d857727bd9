import { execFileSync } from 'node:child_process';
import { formatResult } from '../../src/cli/output/format.js';
import { show } from '../../src/commands/vnc/show.js';
import { alwaysQuotePosix, quotePosix, quotePowerShell } from '../../src/model/quote.js';
import { visible } from '../../src/model/sanitize.js';
import { EXAMPLE_SESSION } from '../helpers/example-session.js';
import { describeWith } from '../helpers/real-components.js';
import { property, propertyOfMany } from './property.js';
import { anyPipedText, anyText } from './texts.js';

/** Runs a script in a real shell; returns the NUL-terminated strings that it printed. */
function runInShell(shell: string, script: string): readonly string[] {
  const options = { input: script, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  return execFileSync(shell, ['-eu'], options).split('\0').slice(0, -1);
}

const printWords = (shell: string) => (words: readonly string[]) =>
  runInShell(shell, words.map((word) => `printf '%s\\0' ${quotePosix(word)}\n`).join(''));

/** Evaluates the output of `-o env` with eval, as documented in the manual. */
function evaluate(names: readonly string[]): readonly string[] {
  const request = { format: 'env', field: undefined, fields: ['name'] } as const;
  const lines = names.map((name) =>
    formatResult(show, { ...EXAMPLE_SESSION, name }, request, false),
  );
  return runInShell(
    '/bin/sh',
    lines
      .map((line) => `eval ${alwaysQuotePosix(line)}\nprintf '%s\\0' "$HPC_DESK_NAME"\n`)
      .join(''),
  );
}

/** PowerShell accepts each of these as a single quote (about_Quoting_Rules). */
const QUOTES = "'\u2018\u2019\u201a\u201b";

/** Parses one argument like PowerShell: single-quoted, or bare without special characters. */
function readPowerShell(argument: string): string | undefined {
  if (!argument.startsWith("'"))
    return /^[\w/:=.+][\w/:=.+-]*$/.test(argument) ? argument : undefined;
  const inside = [...argument.slice(1, -1)];
  let text = '';
  while (inside.length > 0) {
    const one = inside.shift() ?? '';
    // Of a doubled quote the first one is kept.
    if (QUOTES.includes(one) && !QUOTES.includes(inside.shift() ?? ' ')) return undefined;
    text += one;
  }
  return argument.length >= 2 && argument.endsWith("'") ? text : undefined;
}

propertyOfMany(
  'any quoted word is passed unchanged by a real sh',
  1_000,
  anyPipedText,
  printWords('/bin/sh'),
  (word) => word,
);

propertyOfMany(
  'any quoted word is passed unchanged by a real bash',
  1_000,
  anyPipedText,
  printWords('bash'),
  (word) => word,
);

describeWith('zsh', 'in zsh', () => {
  propertyOfMany(
    'any quoted word is passed unchanged by a real zsh',
    1_000,
    anyPipedText,
    printWords('zsh'),
    (word) => word,
  );
});

propertyOfMany(
  'eval of the printed assignment in a real sh sets the value',
  1_000,
  anyText,
  evaluate,
  visible,
);

property(
  'any quoted word is one word for PowerShell',
  1_000,
  anyText,
  (word) => readPowerShell(quotePowerShell(word)) === word,
);
