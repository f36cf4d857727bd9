import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBashCompletion } from '../../src/completions/bash.js';
import { describeWith } from '../helpers/real-components.js';
import { EXAMPLE_TREE } from './example-tree.js';
import { pressTab } from './interactive-shell.js';

const GLOBAL = ['--json', '-o', '--output', '--profile'];

/** The typed line, and the candidates for the text after its last word break. */
const CASES: readonly (readonly [line: string, candidates: readonly string[]])[] = [
  ['hpc-desk ', ['login', 'clusters', 'vnc', 'completion']],
  ['hpc-desk vnc ', ['create', 'show', 'screenshot']],
  ['hpc-desk vnc c', ['create']],
  ['hpc-desk vnc x', []],
  ['hpc-desk clusters ', ['use']],
  ['hpc-desk -', GLOBAL],
  ['hpc-desk vnc create -', [...GLOBAL, '--wait']],
  ['hpc-desk vnc create --w', ['--wait']],
  ['hpc-desk vnc show ', GLOBAL],
  ['hpc-desk vnc show gv101:4 --p', ['--profile']],
  ['hpc-desk --json vnc c', ['create']],
  ['hpc-desk vnc --json c', ['create']],
  ['hpc-desk -o json vnc c', ['create']],
  ['hpc-desk --output=json vnc c', ['create']],
  ['hpc-desk --profile vnc l', ['login']],
  ['hpc-desk --profile me@site:1 vnc c', ['create']],
  ['hpc-desk --output ', ['table', 'json', 'tsv']],
  ['hpc-desk -o t', ['table', 'tsv']],
  ['hpc-desk --output=', ['table', 'json', 'tsv']],
  ['hpc-desk --output=js', ['json']],
  ['hpc-desk --output= ', ['login', 'clusters', 'vnc', 'completion']],
  ['hpc-desk vnc create --wait=', ['90s', '10m']],
  ['hpc-desk vnc create --wait --js', ['--json']],
  ['hpc-desk --profile ', []],
  ['hpc-desk vnc screenshot --file ', []],
  ['hpc-desk completion ', ['bash', 'zsh', 'fish', 'powershell']],
  ['hpc-desk completion bash ', GLOBAL],
  ['hpc-desk -- vnc c', ['create']],
  ['hpc-desk -- -', []],
  ['hpc-desk $(touch canary) vnc c', ['create']],
  ['hpc-desk --output=$(touch canary)', []],
  ['hpc-desk `touch canary`', []],
  ['hpc-desk vnc show "$(touch canary)" --j', ['--json']],
];

const COMPLETE = `
  set -u
  source "$1"
  COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:@' COMP_LINE=$2 COMP_POINT=\${#2}
  shift 2
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  _hpc_desk hpc-desk "\${!#}"
  (( \${#COMPREPLY[@]} == 0 )) || printf '%s\\n' "\${COMPREPLY[@]}"
`;

describeWith(['bash', 'zsh'], 'the bash completion', () => {
  let folder: string;
  let script: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-'));
    script = join(folder, 'hpc-desk.bash');
    writeFileSync(script, writeBashCompletion(EXAMPLE_TREE));
    writeFileSync(join(folder, 'picture one.png'), '');
    writeFileSync(
      join(folder, 'start'),
      `PS1='READY> '
      bind 'set show-all-if-ambiguous on' 'set page-completions off' 'set enable-bracketed-paste off'
      bind -x '"\\C-t": echo "<<$READLINE_LINE>>"'
      source ${script}`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is valid for bash', () => {
    expect(() => execFileSync('bash', ['-n', script])).not.toThrow();
  });

  it.each(CASES)('completes "%s"', (line, candidates) => {
    expect(complete(line, splitAtWordBreaks(line))).toEqual(candidates);
    expect(existsSync(join(folder, 'canary'))).toBe(false);
  });

  it.each(CASES)(
    'completes "%s" the same way when bash splits words only at spaces',
    (line, candidates) => {
      expect(complete(line, line.split(' '))).toEqual(candidates);
    },
  );

  it('can be sourced twice without bash-completion and without errors', () => {
    const load = 'source "$1"; source "$1"; complete -p hpc-desk';
    const { status, stderr } = spawnSync('bash', ['--norc', '-c', load, 'bash', script]);
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  });

  it('leaves no variable behind except COMPREPLY', () => {
    const names = `${COMPLETE.replace('source "$1"', 'before=$(compgen -v) && source "$1"')}
      comm -13 <(sort <<<"$before") <(compgen -v | sort)`;
    const left = runBash(names, 'hpc-desk vnc show ', ['hpc-desk', 'vnc', 'show', '']);
    const bashOwn = /^(BASH_LINENO|COMP.*|before|PIPESTATUS|FUNCNAME|_|--?.*)$/;
    expect(left.filter((name) => !bashOwn.test(name))).toEqual([]);
  });

  it('completes in a real terminal, with file names only where a file is expected', async () => {
    const cases = [
      ['hpc-desk -o json vnc c', 'hpc-desk -o json vnc create '],
      ['hpc-desk --output=j', 'hpc-desk --output=json '],
      ['hpc-desk vnc screenshot --file=pic', 'hpc-desk vnc screenshot --file=picture\\ one.png '],
      ['hpc-desk vnc screenshot -f pic', 'hpc-desk vnc screenshot -f picture\\ one.png '],
      ['hpc-desk --profile pic', 'hpc-desk --profile pic'],
      ['hpc-desk vnc show `touch canary`', 'hpc-desk vnc show `touch canary`'],
    ] as const;
    const texts = cases.map(([text]) => text);
    const answers = await pressTab('bash --noprofile --rcfile start -i', folder, texts);
    expect(texts.map((text) => [text, answers.get(text)?.line])).toEqual(cases);
    expect(existsSync(join(folder, 'canary'))).toBe(false);
  });

  function complete(line: string, words: readonly string[]): readonly string[] {
    return runBash(COMPLETE, line, words);
  }

  function runBash(program: string, line: string, words: readonly string[]): readonly string[] {
    const argv = ['--norc', '--noprofile', '-c', program, 'bash', script, line, ...words];
    const output = execFileSync('bash', argv, { cwd: folder, encoding: 'utf8' });
    return output.split('\n').slice(0, -1);
  }
});

/** Splits a line like COMP_WORDS in bash 4 and later: each run of word breaks is a separate word. */
function splitAtWordBreaks(line: string): readonly string[] {
  return line
    .split(' ')
    .flatMap((word) => (word === '' ? [''] : word.split(/([=:@]+)/).filter((part) => part !== '')));
}
