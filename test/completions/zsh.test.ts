import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeZshCompletion } from '../../src/completions/zsh.js';
import { describeWith } from '../helpers/real-components.js';
import { EXAMPLE_TREE, HOSTILE_SUMMARY_ONE_LINE } from './example-tree.js';
import { type Completed, pressTab } from './interactive-shell.js';

const KEYS = `
  PROMPT='READY> '
  show-line() { print -r -- "<<$BUFFER>>" }
  zle -N show-line
  bindkey '^T' show-line
  setopt no_list_beep no_always_last_prompt
  autoload -Uz compinit
`;

const CASES = [
  ['hpc-desk vnc c', 'hpc-desk vnc create '],
  ['hpc-desk -o json vnc c', 'hpc-desk -o json vnc create '],
  ['hpc-desk vnc --output=json c', 'hpc-desk vnc --output=json create '],
  ["hpc-desk 'vnc' c", "hpc-desk 'vnc' create "],
  ['hpc-desk --output=j', 'hpc-desk --output=json '],
  ['hpc-desk vnc create --w', 'hpc-desk vnc create --wait '],
  ['hpc-desk vnc create --wait=9', 'hpc-desk vnc create --wait=90s '],
  ['hpc-desk completion f', 'hpc-desk completion fish '],
  ['hpc-desk vnc screenshot --file=pic', 'hpc-desk vnc screenshot --file=picture\\ one.png '],
  ['hpc-desk --profile pic', 'hpc-desk --profile pic'],
  ['hpc-desk $(touch canary) vnc c', 'hpc-desk $(touch canary) vnc create '],
] as const;

describeWith('zsh', 'the zsh completion', () => {
  let folder: string;
  let script: string;
  let answers: ReadonlyMap<string, Completed>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-'));
    script = join(folder, '_hpc-desk');
    writeFileSync(script, writeZshCompletion(EXAMPLE_TREE));
    writeFileSync(join(folder, 'picture one.png'), '');
    writeFileSync(join(folder, '.zshrc'), `${KEYS} fpath=(${folder} $fpath); compinit -D -u`);
    mkdirSync(join(folder, 'sourced'));
    const source = `source ${script}`;
    writeFileSync(
      join(folder, 'sourced', '.zshrc'),
      `${KEYS} compinit -D -u; ${source}; ${source}`,
    );
    const listed = ['hpc-desk ', 'hpc-desk vnc create -', 'hpc-desk vnc show '];
    answers = await pressTab('zsh -d -i', folder, [...listed, ...CASES.map(([text]) => text)]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is valid for zsh', () => {
    expect(() => execFileSync('zsh', ['-n', script])).not.toThrow();
  });

  it('lists commands with descriptions that contain special characters', () => {
    const screen = answers.get('hpc-desk ')?.screen;
    expect(screen).toMatch(/login +-- About login/);
    expect(screen).toContain(`-- ${HOSTILE_SUMMARY_ONE_LINE}`);
  });

  it('lists the options of a command and the global ones', () => {
    const screen = answers.get('hpc-desk vnc create -')?.screen;
    expect(screen).toMatch(/--json +-- Print JSON/);
    expect(screen).toMatch(/--wait +-- About --wait/);
  });

  it('lists the options when there is no other candidate', () => {
    expect(answers.get('hpc-desk vnc show ')?.screen).toMatch(/--json +-- Print JSON/);
  });

  it.each(CASES)('completes "%s" to "%s"', (text, line) => {
    expect(answers.get(text)?.line).toBe(line);
  });

  it('executes nothing from the typed line', () => {
    expect(existsSync(join(folder, 'canary'))).toBe(false);
  });

  it('works when sourced, even twice', async () => {
    const text = 'hpc-desk vnc c';
    const sourced = await pressTab('env ZDOTDIR=sourced zsh -d -i', folder, [text]);
    expect(sourced.get(text)?.line).toBe('hpc-desk vnc create ');
  });

  it('reports the missing compinit when sourced before it', () => {
    const output = execFileSync('zsh', ['-f', '-c', `source ${script} 2>&1`], { encoding: 'utf8' });
    expect(output).toContain('run "autoload -Uz compinit && compinit"');
  });
});
