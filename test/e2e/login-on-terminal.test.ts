import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { eventually } from '../helpers/eventually.js';
import { type DeskHome, openDeskHome } from '../helpers/open-desk-home.js';
import { openTerminal, type Terminal } from '../helpers/open-terminal.js';
import { describeWith } from '../helpers/real-components.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';

let user: DeskHome;
let sandbox: Sandbox;

beforeEach(async () => {
  user = await openDeskHome();
  sandbox = await startTestSandbox({
    usableClusters: 2,
  });
});
afterEach(async () => {
  await user.close();
  await sandbox.close();
});

function open(words: readonly string[] = []): Promise<Terminal> {
  const { platformUrl, authUrl } = sandbox.description;
  const urls = ['--platform-url', platformUrl, '--auth-url', authUrl];
  return openTerminal(user, ['login', ...urls, ...words]);
}

async function answer(terminal: Terminal, question: RegExp, text: string): Promise<void> {
  await terminal.see(question);
  await terminal.type(text);
  await terminal.press('Enter');
}

async function pick(terminal: Terminal, question: RegExp, steps: number): Promise<void> {
  await terminal.see(question);
  for (let step = 0; step < steps; step += 1) await terminal.press('Down');
  await terminal.press('Enter');
}

function readStored() {
  return JSON.parse(readFileSync(join(user.configFolder, 'credentials.json'), 'utf8')).profiles
    .default;
}

async function expectNothingSecret(terminal: Terminal): Promise<void> {
  const { secretKey, password, token } = sandbox.description;
  const screen = await terminal.screen();
  for (const secret of [secretKey, password, token, readStored().token]) {
    expect(screen).not.toContain(secret);
    expect(screen).not.toContain(secret.slice(0, 12));
  }
}

describeWith('tmux', 'login on a terminal', () => {
  test('prompts for the method, user, access key, secret key and cluster', async () => {
    const { user: name, accessKey, secretKey } = sandbox.description;
    const terminal = await open();
    await pick(terminal, /Login method:/, 0);
    await answer(terminal, /Platform user name:/, name);
    await answer(terminal, /Access key:/, accessKey);
    await answer(terminal, /Secret key:/, secretKey);
    await terminal.see(/沙盒一区.*11250/);
    await pick(terminal, /Cluster:/, 1);
    expect(await terminal.exitCode()).toBe(0);
    await terminal.see(/next: hpc-desk vnc create/);
    expect(readStored()).toMatchObject({ user: name, cluster: { id: '11251' } });
    expect(readStored().accessKey).toBeUndefined();
    await expectNothingSecret(terminal);
    expect(await terminal.hasCursor()).toBe(true);
  });

  test('prompts only for values that are not given as options', async () => {
    const { user: name, orgId, password } = sandbox.description;
    const terminal = await open(['--user', name, '--org-id', orgId, '--cluster', '三区']);
    await answer(terminal, /Password:/, password);
    expect(await terminal.exitCode()).toBe(0);
    expect(await terminal.screen()).not.toMatch(/user name|Cluster:/);
    expect(readStored().cluster.id).toBe('11251');
    await expectNothingSecret(terminal);
  });

  test('determines the cluster of a token without a prompt', async () => {
    const terminal = await open();
    await pick(terminal, /Login method:/, 2);
    await answer(terminal, /Token:/, sandbox.description.token);
    expect(await terminal.exitCode()).toBe(0);
    expect(readStored()).toMatchObject({ user: 'test', cluster: { id: '11250' } });
    await expectNothingSecret(terminal);
  });

  test('does not count time at a prompt towards --timeout', async () => {
    const { accessKey, secretKey } = sandbox.description;
    const terminal = await open(['--user', 'test', '--access-key', accessKey, '--timeout', '4s']);
    await terminal.see(/Secret key:/);
    const asked = performance.now();
    await eventually(() => performance.now() - asked > 4_500);
    await answer(terminal, /Secret key:/, secretKey);
    await pick(terminal, /Cluster:/, 0);
    expect(await terminal.exitCode()).toBe(0);
  });

  test.each([
    ['the way', []],
    ['the user', ['--access-key', 'AK']],
    ['the secret', ['--user', 'test', '--access-key', 'AK']],
  ])('exits with 130 on Ctrl-C at the prompt for %s', async (_, words) => {
    const terminal = await open(words);
    await terminal.see(/Login method:|Platform user name:|Secret key:/);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(await terminal.screen()).not.toMatch(/error|at .*\.js:/i);
    expect(await terminal.hasCursor()).toBe(true);
  });

  test('exits with 130 on Ctrl-C at the prompt for the cluster and stores nothing', async () => {
    const { accessKey, secretKey } = sandbox.description;
    const terminal = await open(['--user', 'test', '--access-key', accessKey]);
    await answer(terminal, /Secret key:/, secretKey);
    await terminal.see(/Cluster:/);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(() => readStored()).toThrow();
  });

  test('prompts in Chinese, including the messages of the prompt library', async () => {
    const terminal = await open(['--lang', 'zh']);
    await terminal.see(/↑↓ 移动 • ⏎ 选定/);
    await terminal.press('Enter');
    await answer(terminal, /平台用户名：/, '');
    await terminal.see(/不能为空/);
    expect(await terminal.screen()).not.toMatch(/navigate|select|must/);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
  });
});
