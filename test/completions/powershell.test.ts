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

/** No argument of any program holds a NUL. */
const WORDS = [...shell, ...variables, ...paths].filter((word) => !word.includes('\0'));

describe('the grammar of PowerShell reads', () => {
  const committed = readFileSync('completions/hpc-desk.ps1', 'utf8');

  it.each([
    ['the completion of the whole program', committed],
    ['one with everything that a description may hold', writePowershellCompletion(EXAMPLE_TREE)],
    ['one with live values', writePowershellCompletion(LIVE_TREE)],
  ])('%s', async (_name, script) => {
    expect(await powershellErrors(script)).toEqual([]);
  });

  it.each(WORDS)('the word that quoting makes of %j', async (word) => {
    expect(await powershellErrors(`& ssh ${quotePowerShell(word)} '-N'`)).toEqual([]);
  });

  it.each(['if ($x { }', "'one", '@{ a = }'])('and not %s', async (script) => {
    expect(await powershellErrors(`${committed}\n${script}\n`)).not.toEqual([]);
  });
});

describe('the completion of PowerShell', () => {
  const script = writePowershellCompletion(EXAMPLE_TREE);

  it('is ASCII, for PowerShell 5.1 reads it in the code page of the machine', () => {
    expect(script).toMatch(/^[\n -~]*$/);
  });

  it('keeps a description from ending its string or being expanded', () => {
    expect(script).toContain(
      'Summary = "It\'s `"quoted`" \\ [a]: `$HOME ``touch canary`` `$(touch canary) %d {x,y} ; | & > #! second ' +
        '$([char]0x2018)line$([char]0x2019) $([char]0x4f1a)$([char]0x8bdd)"',
    );
  });

  it('asks the program for live values with plain words only, and takes plain words only', () => {
    const live = writePowershellCompletion(LIVE_TREE);
    expect(live).toContain("& $live 'sessions'");
    expect(live).toContain("& $live 'viewers'");
    expect(live).toContain("$typed | Where-Object { $_ -cmatch '^[A-Za-z0-9_./:=@,+-]+$' }");
    expect(live).toContain("$text -cmatch '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*\\z'");
    expect(live).not.toMatch(/Invoke-Expression|\biex\b/i);
  });

  it('writes no switch without clauses, which PowerShell refuses', () => {
    const empty = writePowershellCompletion({ program: 'x', globalOptions: [], commands: [] });
    expect(empty).not.toContain('switch');
  });
});

// PowerShell is no package of Debian: where it is missing this is skipped under CI too.
describe.skipIf(findReal('pwsh') === undefined)('the completion of PowerShell, in pwsh', () => {
  let folder: string;
  let script: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-'));
    script = join(folder, 'hpc-desk.ps1');
    writeFileSync(script, writePowershellCompletion(EXAMPLE_TREE));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(CASES)('offers after "%s" what fits there', (line, candidates) => {
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
