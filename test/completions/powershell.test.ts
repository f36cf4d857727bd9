import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePowershellCompletion } from '../../src/completions/powershell.js';
import { quotePowerShell } from '../../src/model/quote.js';
import { powershellErrors } from '../helpers/powershell-grammar.js';
import { findReal } from '../helpers/real-components.js';
import { paths } from '../hostile/injection/strings/paths.js';
import { shell } from '../hostile/injection/strings/shell.js';
import { variables } from '../hostile/injection/strings/variables.js';
import { EXAMPLE_TREE } from './example-tree.js';
import { LIVE_TREE } from './live-tree.js';

const CASES: readonly (readonly [line: string, candidates: readonly string[]])[] = [
  ['hpc-desk ', ['login', 'clusters', 'vnc', 'completion']],
  ['hpc-desk vnc c', ['create']],
  ['hpc-desk --output=json vnc --profile vnc c', ['create']],
  ['hpc-desk --output=j', ['--output=json']],
  ['hpc-desk -o t', ['table', 'tsv']],
  ['hpc-desk vnc create --w', ['--wait']],
  ['hpc-desk vnc show ', ['--json', '-o', '--output', '--profile']],
];

/** Program arguments cannot contain NUL. */
const WORDS = [...shell, ...variables, ...paths].filter((word) => !word.includes('\0'));

describe('the PowerShell grammar accepts', () => {
  const committed = readFileSync('completions/hpc-desk.ps1', 'utf8');

  it.each([
    ['the completion of the whole program', committed],
    ['one with everything that a description may hold', writePowershellCompletion(EXAMPLE_TREE)],
    ['one with live values', writePowershellCompletion(LIVE_TREE)],
  ])('%s', async (_name, script) => {
    expect(await powershellErrors(script)).toEqual([]);
  });

  it.each(WORDS)('the quoted form of %j', async (word) => {
    expect(await powershellErrors(`& ssh ${quotePowerShell(word)} '-N'`)).toEqual([]);
  });

  it.each(['if ($x { }', "'one", '@{ a = }'])('no script that ends in %s', async (script) => {
    expect(await powershellErrors(`${committed}\n${script}\n`)).not.toEqual([]);
  });
});

describe('the PowerShell completion', () => {
  const script = writePowershellCompletion(EXAMPLE_TREE);

  it('is ASCII, as PowerShell 5.1 reads scripts in the system code page', () => {
    expect(script).toMatch(/^[\n -~]*$/);
  });

  it('escapes descriptions so that they neither end the string nor are expanded', () => {
    expect(script).toContain(
      'Summary = "It\'s `"quoted`" \\ [a]: `$HOME ``touch canary`` `$(touch canary) %d {x,y} ; | & > #! second ' +
        '$([char]0x2018)line$([char]0x2019) $([char]0x4f1a)$([char]0x8bdd)"',
    );
  });

  it('passes only safe words to the program for live values and accepts only safe words', () => {
    const live = writePowershellCompletion(LIVE_TREE);
    expect(live).toContain("& $live 'sessions'");
    expect(live).toContain("& $live 'viewers'");
    expect(live).toContain("$typed | Where-Object { $_ -cmatch '^[A-Za-z0-9_./:=@,+-]+$' }");
    expect(live).toContain("$text -cmatch '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*\\z'");
    expect(live).not.toMatch(/Invoke-Expression|\biex\b/i);
  });

  it('writes no switch without clauses, which PowerShell rejects', () => {
    const empty = writePowershellCompletion({ program: 'x', globalOptions: [], commands: [] });
    expect(empty).not.toContain('switch');
  });
});

// Debian has no PowerShell package; without pwsh, this is skipped even in CI.
describe.skipIf(findReal('pwsh') === undefined)('the PowerShell completion in pwsh', () => {
  let folder: string;
  let script: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-'));
    script = join(folder, 'hpc-desk.ps1');
    writeFileSync(script, writePowershellCompletion(EXAMPLE_TREE));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(CASES)('completes "%s"', (line, candidates) => {
    const program = `. $args[0]
      [System.Management.Automation.CommandCompletion]::CompleteInput($args[1], $args[1].Length, $null).CompletionMatches |
        ForEach-Object CompletionText`;
    const runner = join(folder, 'run.ps1');
    writeFileSync(runner, program);
    const argv = ['-NoProfile', '-NonInteractive', '-File', runner, script, line];
    const output = execFileSync('pwsh', argv, { cwd: folder, encoding: 'utf8' });
    expect(output.split(/\r?\n/).slice(0, -1)).toEqual(candidates);
  });
});
