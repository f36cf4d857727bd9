import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeFishCompletion } from '../../src/completions/fish.js';
import { describeWith } from '../helpers/real-components.js';
import { EXAMPLE_TREE, HOSTILE_SUMMARY_ONE_LINE } from './example-tree.js';

const CASES: readonly (readonly [line: string, candidates: readonly string[]])[] = [
  ['hpc-desk ', ['clusters', 'completion', 'login', 'vnc']],
  ['hpc-desk vnc ', ['create', 'screenshot', 'show']],
  ['hpc-desk vnc c', ['create']],
  ['hpc-desk clusters ', ['use']],
  ['hpc-desk vnc show ', []],
  ['hpc-desk vnc create --', ['--json', '--output', '--profile', '--wait', '--wait=']],
  ['hpc-desk --json vnc c', ['create']],
  ['hpc-desk -o json vnc c', ['create']],
  ['hpc-desk vnc --output=json c', ['create']],
  ['hpc-desk --profile vnc l', ['login']],
  ['hpc-desk --output ', ['json', 'table', 'tsv']],
  ['hpc-desk --output=', ['--output=json', '--output=table', '--output=tsv']],
  ['hpc-desk vnc create --wait=', ['--wait=10m', '--wait=90s']],
  ['hpc-desk --profile ', []],
  ['hpc-desk vnc screenshot --file pic', ['picture.png']],
  ['hpc-desk completion ', ['bash', 'fish', 'powershell', 'zsh']],
  ['hpc-desk completion bash ', []],
  ['hpc-desk -- vnc c', ['create']],
  ['LANG=C hpc-desk vnc c', ['create']],
  ['hpc-desk $(touch canary) vnc c', ['create']],
  ['hpc-desk (touch canary) --output=(touch canary) vnc c', ['create']],
];

describeWith('fish', 'the fish completion', () => {
  let folder: string;
  let script: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-'));
    script = join(folder, 'hpc-desk.fish');
    writeFileSync(script, writeFishCompletion(EXAMPLE_TREE));
    writeFileSync(join(folder, 'picture.png'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is valid for fish', () => {
    expect(() => execFileSync('fish', ['-n', script])).not.toThrow();
  });

  it.each(CASES)('completes "%s"', (line, candidates) => {
    expect(complete(line).map((row) => row.split('\t')[0])).toEqual(candidates);
    expect(existsSync(join(folder, 'canary'))).toBe(false);
  });

  it('shows descriptions with special characters', () => {
    expect(complete('hpc-desk vn')).toEqual([`vnc\t${HOSTILE_SUMMARY_ONE_LINE}`]);
  });

  /** Sources the script twice, which must have no further effect and print nothing. */
  function complete(line: string): readonly string[] {
    const program = 'source $argv[1]; source $argv[1]; complete -C $argv[2]';
    const output = execFileSync('fish', ['--no-config', '-c', program, script, line], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
    return output.split('\n').slice(0, -1);
  }
});
