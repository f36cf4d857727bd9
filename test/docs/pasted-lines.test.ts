import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { installPackage } from '../helpers/npm.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { openTerminalShell, type TerminalShell } from '../helpers/open-terminal.js';
import { describeWith } from '../helpers/real-components.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';
import { readBlocks } from './recipes.js';

/** Lines of a README that a test cannot run, each with the reason. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npm run demo': 'installs from the registry; CI runs the demo',
  'npm ci && npm test': 'runs this test',
  'npm ci && npm pack && npm install -g ./hpc-desk-*.tgz':
    'npm ci installs from the registry; the rest is what this test uses',
};

type Desk = Pick<Sandbox['description'], 'user' | 'accessKey' | 'secretKey' | 'cluster'>;
/** Placeholders that readers replace with their own values. */
const PLACEHOLDERS: readonly (readonly [text: string, value: (desk: Desk) => string])[] = [
  ['USER@HOST:PORT', () => 'me@127.0.0.1:2222'],
  ['用户@主机:端口', () => 'me@127.0.0.1:2222'],
  ['--user me', ({ user }) => `--user ${user}`],
  ['--access-key KEY', ({ accessKey }) => `--access-key ${accessKey}`],
  ['昆山', ({ cluster }) => cluster.id],
];

/** Commands that prompt, or run until they are interrupted. */
const DIALOGUES: Readonly<Record<string, (shell: TerminalShell, desk: Desk) => Promise<void>>> = {
  async 'hpc-desk login'(shell, { user, accessKey, secretKey }) {
    for (const [question, answer] of [
      [/Login method:/, ''],
      [/Platform user name:/, user],
      [/Access key:/, accessKey],
      [/Secret key:/, secretKey],
    ] as const) {
      await shell.see(question);
      await shell.paste(answer);
    }
    await shell.see(/next: hpc-desk vnc create/);
  },
  async 'hpc-desk vnc connect'(shell) {
    await shell.see(/127\.0\.0\.1:\d+/);
    await shell.see(/Ctrl-C/);
    await shell.press('C-c');
  },
};

let folder: string;
let user: DeskHome;
let sandbox: Sandbox;

function openShell(environment: Readonly<Record<string, string>> = {}): Promise<TerminalShell> {
  return openTerminalShell(user, {
    program: join(folder, 'bin/hpc-desk'),
    environment: { HPC_DESK_VIEWER: 'none', ...environment },
  });
}

/** Pastes a line as a reader would, and expects it to succeed. */
async function follow(shell: TerminalShell, line: string, desk: Desk): Promise<void> {
  const command = line.replace(/ +#.*/, '');
  const dialogue = DIALOGUES[command];
  if (dialogue !== undefined) {
    await shell.paste(`clear; ${line}`);
    await dialogue(shell, desk);
    return;
  }
  const filled = PLACEHOLDERS.reduce((text, [from, to]) => text.replace(from, to(desk)), line);
  expect(await shell.run(filled), line).toMatchObject({ exitCode: 0 });
  // The desktop of the sandbox is local and needs no login node.
  if (command.includes('config set via')) await shell.run('hpc-desk config unset via');
}

async function linesOf(page: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../..', page), 'utf8');
  return (text.match(/^ {4}\S.*$/gm) ?? []).map((line) => line.trim());
}

describeWith(['tmux', 'jq'], 'commands to copy and paste', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hpc-desk-pasted-'));
    await installPackage(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    [user, sandbox] = await Promise.all([openDeskHome(), startTestSandbox()]);
  });
  afterEach(() => Promise.all([user, sandbox].map((part) => part?.close())));

  test.each(['README.md', 'README.zh-CN.md'])('%s', async (page) => {
    const { description } = sandbox;
    const shell = await openShell({
      HPC_DESK_PLATFORM_URL: description.platformUrl,
      HPC_DESK_AUTH_URL: description.authUrl,
    });
    await writeFile(join(user.folder, 'secret.txt'), description.secretKey, { mode: 0o600 });
    await shell.run(`cd ${user.folder}`);
    const lines = await linesOf(page);
    const isNamed = (line: string) => line.replace(/ +#.*/, '') in NOT_RUN;
    expect(lines.filter(isNamed)).toHaveLength(Object.keys(NOT_RUN).length);
    for (const line of lines) if (!isNamed(line)) await follow(shell, line, description);
    const { lines: shown } = await shell.run('echo "$port $HPC_DESK_PORT"');
    expect(shown.at(-1)).toMatch(/^(\d+) \1$/);
  });

  test('the package runs with npx, without being installed', async () => {
    const shell = await openShell({
      npm_config_offline: 'true',
      npm_config_yes: 'true',
      npm_config_update_notifier: 'false',
    });
    const { lines, exitCode } = await shell.run(`cd ${folder} && npx ./hpc-desk-*.tgz --version`);
    expect([lines.at(-1), exitCode]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/), 0]);
  });

  test('docs/scripts-and-ci.md', async () => {
    await logIn(user, sandbox.description);
    const shell = await openShell();
    const recipes = readBlocks('scripts-and-ci.md').filter(({ kind }) => kind === 'sh runnable');
    for (const { heading, text } of recipes) {
      // One recipe deletes the session.
      await shell.run('hpc-desk vnc create');
      const own = join(user.folder, heading);
      await mkdir(own);
      const { exitCode, lines } = await shell.run(`(cd '${own}'; set -eu\n${text})`);
      expect({ exitCode, lines }, heading).toMatchObject({ exitCode: 0 });
    }
  });

  describe.each(['en', 'zh'])('hpc-desk sandbox in %s', (lang) => {
    test('prints commands that work in another terminal', async () => {
      const [first, second] = await Promise.all([openShell(), openShell()]);
      await first.paste(`clear; hpc-desk sandbox --desktop builtin --lang ${lang}`);
      await first.see(/Ctrl-C/);
      const offered = /^echo .*\n(?:\S.*\n)*/m
        .exec(await first.screen())?.[0]
        .trim()
        .split('\n');
      expect(offered).toEqual([expect.stringMatching(/--token-stdin$/), 'hpc-desk vnc connect']);
      for (const line of offered ?? []) await follow(second, line, sandbox.description);
      const { lines } = await second.run('hpc-desk whoami --field cluster.name');
      expect(lines.at(-1)).toMatch(/^沙盒一区/);
    });
  });
});
