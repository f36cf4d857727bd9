import { execFileSync } from 'node:child_process';
import { formatResult } from '../../src/cli/output/format.js';
import { show } from '../../src/commands/vnc/show.js';
import { alwaysQuotePosix, quotePosix, quotePowerShell } from '../../src/model/quote.js';
import { visible } from '../../src/model/sanitize.js';
import { EXAMPLE_SESSION } from '../helpers/example-session.js';
import { describeWith } from '../helpers/real-components.js';
import { property, propertyOfMany } from './property.js';
import { anyPipedText, anyText } from './texts.js';

/** Lets a real shell read a script and answers with the texts that it printed, each with a NUL behind it. */
function runInShell(shell: string, script: string): readonly string[] {
  const options = { input: script, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  return execFileSync(shell, ['-eu'], options).split('\0').slice(0, -1);
}

const printWords = (shell: string) => (words: readonly string[]) =>
  runInShell(shell, words.map((word) => `printf '%s\\0' ${quotePosix(word)}\n`).join(''));

/** What `-o env` prints, under eval, as the manual says it is used. */
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

/** PowerShell takes each of these for the mark of a verbatim string (about_Quoting_Rules). */
const QUOTES = "'\u2018\u2019\u201a\u201b";

/** Reads one argument as PowerShell does: in verbatim quotes, or bare where nothing in it means anything. */
function readPowerShell(argument: string): string | undefined {
  if (!argument.startsWith("'"))
    return /^[\w/:=.+][\w/:=.+-]*$/.test(argument) ? argument : undefined;
  const inside = [...argument.slice(1, -1)];
  let text = '';
  while (inside.length > 0) {
    const one = inside.shift() ?? '';
    // Of two marks the first is the one that stays.
    if (QUOTES.includes(one) && !QUOTES.includes(inside.shift() ?? ' ')) return undefined;
    text += one;
  }
  return argument.length >= 2 && argument.endsWith("'") ? text : undefined;
}

propertyOfMany(
  'any word is one word for a real sh',
  1_000,
  anyPipedText,
  printWords('/bin/sh'),
  (word) => word,
);

propertyOfMany(
  'any word is one word for a real bash',
  1_000,
  anyPipedText,
  printWords('bash'),
  (word) => word,
);

describeWith('zsh', 'in zsh', () => {
  propertyOfMany(
    'any word is one word for a real zsh',
    1_000,
    anyPipedText,
    printWords('zsh'),
    (word) => word,
  );
});

propertyOfMany(
  'a variable under eval in a real sh is what was printed',
  1_000,
  anyText,
  evaluate,
  visible,
);

property(
  'any word is one word for PowerShell',
  1_000,
  anyText,
  (word) => readPowerShell(quotePowerShell(word)) === word,
);
