import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shellOfUser } from '../../../src/commands/completion/print.js';
import { readTree } from '../../completions/home-tree.js';
import { runCli } from '../../helpers/run-cli.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hpc-desk-install-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function run(line: string, environment: Readonly<Record<string, string>> = {}) {
  return runCli(line, { home, environment });
}

async function json(line: string, environment?: Readonly<Record<string, string>>) {
  const { stdout } = await run(`${line} --json`, environment);
  return JSON.parse(stdout);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

it('prints the command that undoes it', async () => {
  const { stderr } = await runCli('completion install fish', { home, isTerminal: true });
  expect(stderr).toContain('undo: hpc-desk completion uninstall');
  expect(stderr).not.toContain('next: hpc-desk completion uninstall');
});

/** Home directories before the installation. */
const HOMES: readonly (readonly [string, () => void])[] = [
  ['an empty home directory', () => {}],
  [
    'a home directory with shell startup files',
    () => {
      write('.bashrc', 'export A=1\n');
      write('.zshrc', 'autoload -Uz compinit && compinit');
      write('.config/fish/config.fish', 'set -g a 1\n');
      write('.config/powershell/profile.ps1', '');
    },
  ],
  [
    'a home directory with completion folders and a private .bashrc',
    () => {
      write('.local/share/bash-completion/completions/other', 'x');
      mkdirSync(join(home, '.local/share/zsh/site-functions'), { recursive: true });
      write('.bashrc', 'A=1');
      chmodSync(join(home, '.bashrc'), 0o600);
    },
  ],
  [
    'a home directory with a symbolic link as .bashrc',
    () => {
      write('dotfiles/bashrc', 'A=1\n');
      symlinkSync('dotfiles/bashrc', join(home, '.bashrc'));
    },
  ],
];
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

describe.each(HOMES)('in %s', (_, prepare) => {
  it.each(SHELLS)(
    'completion for %s is installed once, and fully removed by uninstall',
    async (shell) => {
      prepare();
      const before = readTree(home);
      const { changes } = await json(`completion install ${shell}`);
      const between = readTree(home);
      expect(changes.map(described).toSorted()).toEqual(difference(before, between));

      const again = await json(`completion install ${shell}`);
      expect(new Set(again.changes.map(({ change }: Change) => change))).toEqual(
        new Set(['unchanged']),
      );
      expect(readTree(home)).toEqual(between);

      const undone: Change[] = await json(`completion uninstall ${shell}`);
      expect(readTree(home)).toEqual(before);
      expect(undone.map(described).toSorted()).toEqual(difference(between, before));
      expect(await json('completion uninstall')).toEqual([]);
    },
  );

  it('uninstall removes the completion of all shells', async () => {
    prepare();
    const before = readTree(home);
    for (const shell of SHELLS) await json(`completion install ${shell}`);
    await json('completion uninstall');
    expect(readTree(home)).toEqual(before);
  });
});

it('the shell defaults to that of SHELL', async () => {
  expect(await json('completion install', { SHELL: '/usr/bin/fish' })).toMatchObject({
    shell: 'fish',
    startFile: null,
    loadLine: null,
  });
  expect((await run('completion install', { SHELL: '/bin/tcsh' })).stderr).toContain(
    '“/bin/tcsh” for SHELL; expected bash, zsh, fish, powershell',
  );
  expect(await run('completion install')).toMatchObject({ exitCode: 2, stdout: '' });
});

it.each([
  [{}, 'powershell'],
  [{ SHELL: '' }, 'powershell'],
  [{ SHELL: '/usr/bin/bash' }, 'bash'],
])('on Windows with environment %o the shell is %s', (environment, shell) => {
  expect(shellOfUser(environment, 'win32')).toBe(shell);
});

it('a script that the user redirected there is replaced, and removed by uninstall', async () => {
  const path = '.config/fish/completions/hpc-desk.fish';
  write(path, (await run('completion fish')).stdout);
  const { changes } = await json('completion install fish');
  expect(changes.map(described)).toEqual([`changed ${path}`]);
  await json('completion uninstall fish');
  expect(Object.keys(readTree(home))).toContain('.config/fish/completions');
  expect(Object.keys(readTree(home))).not.toContain(path);
});

it('an unrelated file at the same path is neither replaced nor removed', async () => {
  write('.config/fish/completions/hpc-desk.fish', 'complete -c hpc-desk -a mine\n');
  const before = readTree(home);
  const { exitCode, stdout, stderr } = await run('completion install fish');
  expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: '' });
  expect(stderr).toContain('hpc-desk.fish: EEXIST');
  expect(await json('completion uninstall')).toEqual([]);
  expect(readTree(home)).toEqual(before);
});

it('later changes by the user are kept', async () => {
  write('.bashrc', 'A=1\n');
  await json('completion install bash');
  const rc = join(home, '.bashrc');
  writeFileSync(rc, `B=0\n${readFileSync(rc, 'utf8')}B=2\n`);
  write('.local/share/bash-completion/completions/other', 'x');
  await json('completion uninstall');
  expect(readFileSync(rc, 'utf8')).toBe('B=0\nA=1\nB=2\n');
  expect(Object.keys(readTree(home))).toContain('.local/share/bash-completion/completions/other');
});

it('an unwritable path is reported', async () => {
  write('.local', 'a file');
  const { exitCode, stderr } = await run('completion install bash');
  expect(exitCode).toBe(9);
  expect(stderr).toMatch(/hpc-desk: (ENOTDIR|EEXIST)/);
});

interface Change {
  readonly change: string;
  readonly path: string;
}

function described({ change, path }: Change): string {
  return `${change} ${path.slice(home.length + 1).replace(/\/$/, '')}`;
}

/** The differences between two trees, in the format of `described`. */
function difference(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .flatMap((name) => {
      if (before[name] === after[name]) return [];
      const change =
        before[name] === undefined ? 'created' : after[name] === undefined ? 'removed' : 'changed';
      // Through a symbolic link, the target file changes, but the command reports the link.
      return [`${change} ${name === 'dotfiles/bashrc' ? '.bashrc' : name}`];
    })
    .toSorted();
}
