import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFakeBrowser, type FakeBrowser } from '../../helpers/fake-browser.js';
import type { CliOptions } from '../../helpers/run-cli.js';
import { reply, type ScriptedServer, startScriptedServer } from '../../helpers/scripted-server.js';
import { openTestDesk } from '../test-desk.js';

const desk = openTestDesk();
const browsers: FakeBrowser[] = [];

beforeAll(async () => {
  await desk.logIn();
  await desk.run('vnc create');
});
afterAll(() => desk.run('vnc delete --yes'));
afterEach(async () => {
  await Promise.all(browsers.splice(0).map((browser) => browser.remove()));
});

async function withBrowser(ending = ''): Promise<{ browser: FakeBrowser; options: CliOptions }> {
  const browser = await createFakeBrowser({ loads: ending === '', ending });
  browsers.push(browser);
  return { browser, options: { environment: { HPC_DESK_BROWSER: browser.path } } };
}

const launchUrl = /^http:\/\/127\.0\.0\.1:\d+\/launch\/[^?]+\?ticket=[\w-]+$/;

describe('vnc open', () => {
  it('prints the URL and opens it, even if stdout is a pipe', async () => {
    const { browser, options } = await withBrowser();
    const { exitCode, stdout, stderr } = await desk.run('vnc open --json', options);
    const { sessionId, url, ...rest } = JSON.parse(stdout);
    expect([exitCode, stderr, rest]).toEqual([0, '', {}]);
    expect(url).toMatch(launchUrl);
    expect(url).toContain(`/launch/${encodeURIComponent(sessionId)}?`);
    expect(await (await fetch(url)).text()).toContain('hpc-desk sandbox');
    expect(await browser.noted('page')).toContain(`"0;url=${url}"`);
    expect(await browser.noted('argv')).not.toContain('ticket');
    expect(await browser.isPageLeft()).toBe(false);
  });

  it('prints the URL before the browser starts', async () => {
    const { browser, options } = await withBrowser();
    const running = desk.start('vnc open --field url', options);
    expect(await running.ready).toMatch(launchUrl);
    expect(await browser.wasStarted()).toBe(false);
    expect((await running.ended).exitCode).toBe(0);
    expect(await browser.wasStarted()).toBe(true);
  });

  it('does not wrap the URL on a terminal', async () => {
    const { options } = await withBrowser();
    const shown = await desk.run('vnc open', { ...options, isTerminal: true, columns: 40 });
    expect(shown.stdout.trimEnd()).toMatch(launchUrl);
    expect(shown.stderr).not.toMatch(/ticket|yourself/);
  });

  it('--no-open only prints the URL', async () => {
    const { browser, options } = await withBrowser();
    const { exitCode, stdout } = await desk.run('vnc open --no-open', options);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^[^\t]+\thttp:\S+\n$/);
    expect(await browser.wasStarted()).toBe(false);
  });

  it.each([
    ['fails', { HPC_DESK_BROWSER: '/bin/false' }, /did not open the page .*yourself\.\n$/],
    ['is missing', { HPC_DESK_BROWSER: '/nowhere/browser' }, /yourself\.\n$/],
    ['is none', { HPC_DESK_BROWSER: 'none' }, /Cannot open a browser here; .*yourself\.\n$/],
    ['has no display', {}, /Cannot open a browser here; .*yourself\.\n$/],
  ])('prints a hint on stderr if the browser %s', async (_, environment, hint) => {
    const { exitCode, stdout, stderr } = await desk.run('vnc open', { environment });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('/launch/');
    expect(stderr).toMatch(hint);
    expect(stderr).not.toContain('ticket');
    const quiet = await desk.run('vnc open --quiet', { environment });
    expect([quiet.exitCode, quiet.stderr]).toEqual([0, '']);
  });

  it('exits on Ctrl-C while the browser is starting, and leaves no file', async () => {
    const { browser, options } = await withBrowser('sleep 2');
    const running = desk.start('vnc open --json', options);
    await running.ready;
    running.send('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    if (await browser.wasStarted()) expect(await browser.isPageLeft()).toBe(false);
  });

  it('exits with 3 for a session that does not exist', async () => {
    const result = await desk.run('vnc open gv303 --json');
    expect([result.exitCode, result.stdout]).toEqual([3, '']);
    expect(JSON.parse(result.stderr).error.code).toBe('session.notFound');
  });

  it('prints Chinese with --lang zh', async () => {
    const environment = { HPC_DESK_BROWSER: 'none' };
    const { stderr } = await desk.run('--lang zh vnc open', { environment });
    expect(stderr).toContain('请自行打开该网址');
  });
});

describe('the launch URL from the platform', () => {
  const SESSION = { sessionId: 'gv101--me--1', ip: '10.1.2.3', sid: '4', name: 'gv101:4' };
  const TOKEN = 'token-of-a-scripted-platform';
  let server: ScriptedServer | undefined;

  afterEach(() => server?.close());

  async function openGiven(code: string, data: unknown) {
    const { browser, options } = await withBrowser();
    server = await startScriptedServer(reply('0', [SESSION]), reply(code, data));
    const environment = {
      ...options.environment,
      HPC_DESK_API_URL: server.origin,
      HPC_DESK_TOKEN: TOKEN,
    };
    return { browser, ...(await desk.run('vnc open --json', { environment })) };
  }

  it.each([
    ['a string', 'https://desk.example/vnc?k=1'],
    ['an object with one URL', { id: 7, launchUrl: 'https://desk.example/vnc?k=1' }],
  ])('is opened when sent as %s', async (_, data) => {
    const { browser, exitCode, stdout } = await openGiven('0', data);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).url).toBe('https://desk.example/vnc?k=1');
    expect(await browser.noted('page')).toContain('"0;url=https://desk.example/vnc?k=1"');
  });

  it.each([
    ['javascript:alert(1)', 11],
    ['file:///etc/passwd', 11],
    ['data:text/html,x', 11],
    ['https://user:secret@desk.example/', 11],
    ['https://user@desk.example/', 11],
    ['https://desk.example/\n--option', 11],
    ['https://desk.example/\u001b]0;x\u0007', 11],
    ['//other.example/vnc', 11],
    ['\\\\host\\share', 11],
    ['-oProxyCommand=id', 11],
    [{ a: 'https://a.example', b: 'https://b.example' }, 6],
    [{ url: 'javascript:alert(1)' }, 6],
    ['', 6],
    [null, 6],
  ])('is rejected: %j exits with %i and starts no browser', async (data, exitCode) => {
    const result = await openGiven('0', data);
    expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
    expect(JSON.parse(result.stderr).error).toMatchObject({ exitCode });
    expect(result.stderr).not.toContain('secret');
    expect(await result.browser.wasStarted()).toBe(false);
  });

  it('is reported as session.notFound for code 815010', async () => {
    const { exitCode, stderr } = await openGiven('815010', null);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'session.notFound',
      platform: { code: '815010' },
    });
  });
});
