import stringWidth from 'string-width';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SandboxDescription } from '../../src/sandbox/start-sandbox.js';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';
import { openTerminal } from '../helpers/open-terminal.js';
import { describeWith } from '../helpers/real-components.js';
import { startSilentPlatform } from '../helpers/start-silent-platform.js';

describeWith('tmux', 'on a terminal', () => {
  let site: DeskHome;
  let user: DeskHome;
  let platform: SandboxDescription;

  beforeEach(async () => {
    [site, user] = await Promise.all([openDeskHome(), openDeskHome()]);
    platform = (await startSandboxIn(site, 'builtin')).description;
  });

  afterEach(() => Promise.all([site, user].map((home) => home?.close())));

  test('login prompts for the token and does not echo it', async () => {
    const terminal = await openTerminal(user, ['login', '--api-url', platform.apiUrl]);
    await terminal.see(/Token:/);
    await terminal.type(platform.token);
    await terminal.press('Enter');
    expect(await terminal.exitCode()).toBe(0);
    const screen = await terminal.screen();
    expect(screen).toMatch(/test_1215/);
    expect(screen).not.toContain(platform.token.slice(0, 8));
    expect(screen).not.toContain('*');
    expect(await user.json(['whoami'])).toMatchObject({ apiUrl: platform.apiUrl });
  });

  test.each([
    ['n', 1],
    ['y', 0],
    ['', 1],
  ])('vnc delete prompts, and answer %j leaves %i session(s)', async (answer, left) => {
    await logIn(user, platform);
    await user.json(['vnc', 'create']);
    const terminal = await openTerminal(user, ['vnc', 'delete']);
    await terminal.see(/Delete session .*\?/);
    await terminal.type(answer);
    await terminal.press('Enter');
    expect(await terminal.exitCode()).toBe(0);
    expect(await user.json(['vnc', 'list'])).toHaveLength(left);
  });

  test('Ctrl-C at a prompt exits with 130 and changes nothing', async () => {
    const login = await openTerminal(user, ['login', '--api-url', platform.apiUrl]);
    await login.see(/Token:/);
    await login.press('C-c');
    expect(await login.exitCode()).toBe(130);
    expect(await login.screen()).not.toMatch(/error|\bat .*:\d+/i);

    await logIn(user, platform);
    await user.json(['vnc', 'create']);
    const terminal = await openTerminal(user, ['vnc', 'delete']);
    await terminal.see(/Delete session/);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(await terminal.hasCursor()).toBe(true);
    expect(await user.json(['vnc', 'list'])).toHaveLength(1);
  });

  test('Ctrl-C during a spinner exits with 130, clears the line and restores the cursor', async () => {
    const silent = await startSilentPlatform();
    try {
      await logIn(user, { apiUrl: silent.apiUrl, token: 'anything' });
      const terminal = await openTerminal(user, ['vnc', 'list']);
      await terminal.see(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Contacting/);
      await terminal.press('C-c');
      expect(await terminal.exitCode()).toBe(130);
      expect((await terminal.screen()).replaceAll('^C', '').trim()).toBe('');
      expect(await terminal.hasCursor()).toBe(true);
    } finally {
      await silent.close();
    }
  });

  test('Ctrl-C ends connect with 130', async () => {
    await logIn(user, platform);
    const terminal = await openTerminal(user, ['vnc', 'connect', '--viewer', 'none']);
    await terminal.see(/127\.0\.0\.1:\d+/);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(await terminal.hasCursor()).toBe(true);
  });

  test('the columns of a Chinese table are aligned', async () => {
    await logIn(user, platform);
    const { name, port, sessionId } = await user.json(['vnc', 'create']);
    const terminal = await openTerminal(user, ['vnc', 'list', '--lang', 'zh'], { columns: 160 });
    expect(await terminal.exitCode()).toBe(0);
    const lines = (await terminal.screen()).split('\n');
    const heading = lines.find((line) => line.includes('名称')) ?? '';
    const row = lines.find((line) => line.startsWith(name)) ?? '';
    const column = (line: string, word: string) => stringWidth(line.slice(0, line.indexOf(word)));
    for (const [title, value] of [
      ['地址', `127.0.0.1:${port}`],
      ['大小', '1920×1080'],
      ['会话 ID', sessionId],
    ] as const) {
      expect(heading).toContain(title);
      expect(row).toContain(value);
      expect(column(heading, title)).toBe(column(row, value));
    }
  });
});
