import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeBrowser, type FakeBrowser } from '../helpers/fake-browser.js';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';
import { enterPage } from '../helpers/page-session.js';

const NO_BROWSER = { environment: { HPC_DESK_BROWSER: 'none' } };

let site: DeskHome;
let user: DeskHome;
let browser: FakeBrowser;

beforeEach(async () => {
  [site, user, browser] = await Promise.all([openDeskHome(), openDeskHome(), createFakeBrowser()]);
  await logIn(user, (await startSandboxIn(site, 'builtin')).description);
});

afterEach(() => Promise.all([site?.close(), user?.close(), browser?.remove()]));

test('connect --web prints the URL of the page, and the page reaches the desktop', async () => {
  const running = await user.start(['vnc', 'connect', '--web', '--json'], NO_BROWSER);
  const { mode, url, port, viewer, sessionId } = JSON.parse(running.firstLine);
  expect({ mode, viewer }).toEqual({ mode: 'web', viewer: null });
  expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#[\\w-]{43}$`));

  const { session, socket } = await enterPage(url);
  expect(sessionId).toContain(session.name.split(':')[0]);
  const [greeting] = await once(socket, 'message');
  expect(String(greeting)).toBe('RFB 003.008\n');
  await expect(enterPage(url)).rejects.toThrow('4001');

  const left = once(socket, 'close');
  running.kill('SIGTERM');
  const { exitCode } = await running.ended;
  expect(exitCode).toBe(143);
  expect((await left)[0]).toBe(1001);
  expect(user.processes()).toEqual([]);
});

test('connect serves the page when no viewer is found', async () => {
  const environment = { ...NO_BROWSER.environment, PATH: '/nowhere' };
  const running = await user.start(['vnc', 'connect', '--json'], { environment });
  expect(JSON.parse(running.firstLine)).toMatchObject({ mode: 'web', viewer: null });
  running.kill('SIGINT');
  await running.ended;
});

test('the browser is started with a file, which keeps the secret out of its arguments', async () => {
  const environment = { HPC_DESK_BROWSER: browser.path };
  const running = await user.start(['vnc', 'connect', '--web', '--field', 'url'], { environment });
  const url = running.firstLine;
  await expect.poll(() => browser.noted('page')).toContain(`"0;url=${url}"`);
  const secret = url.split('#')[1] ?? '';
  expect(secret).toHaveLength(43);
  expect(await browser.noted('argv')).not.toContain(secret);
  expect(await browser.noted('env')).not.toContain(secret);
  expect((await browser.noted('modes')).split('\n').slice(0, 2)).toEqual(['600', '700']);
  running.kill('SIGTERM');
  expect((await running.ended).stderr).not.toContain(secret);
});

test('the VNC password from the environment is sent to the page and never printed', async () => {
  const password = 'pa55-w0rd-of-vnc';
  const environment = { ...NO_BROWSER.environment, HPC_DESK_VNC_PASSWORD: password };
  const running = await user.start(['vnc', 'connect', '--web', '--json', '--debug'], {
    environment,
  });
  const { url } = JSON.parse(running.firstLine);
  expect((await enterPage(url)).session.password).toBe(password);
  running.kill('SIGTERM');
  const { stdout, stderr } = await running.ended;
  expect(stdout + stderr).not.toContain(password);
});

test('deleting the session closes the page and ends the command', async () => {
  const { sessionId } = await user.json(['vnc', 'create']);
  // A session given by ID was listed before, so its absence is conclusive at once.
  const words = ['vnc', 'connect', sessionId, '--web', '--json'];
  const running = await user.start(words, NO_BROWSER);
  const { url } = JSON.parse(running.firstLine);
  const { socket } = await enterPage(url);
  await once(socket, 'message');
  const left = once(socket, 'close');
  await user.run(['vnc', 'delete', sessionId, '--yes']);
  await left;
  const { exitCode, stderr } = await running.ended;
  expect(exitCode).toBe(3);
  expect(JSON.parse(stderr).error.code).toBe('session.notFound');
});

test.each([
  ['--viewer', ['--web', '--viewer', 'tigervnc']],
  ['--print', ['--web', '--print']],
])('--web and %s are mutually exclusive', async (other, words) => {
  const { exitCode, stderr } = await user.run(['vnc', 'connect', ...words]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(other);
});
