import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openInBrowser } from '../../../src/transport/viewer/browser.js';
import { eventually } from '../../helpers/eventually.js';
import {
  createFakeBrowser,
  type FakeBrowser,
  type FakeBrowserOptions,
} from '../../helpers/fake-browser.js';
import { describeWith, findReal } from '../../helpers/real-components.js';

const URL = 'https://desk.example/vnc?ticket=sentinel-7f3a91';

const browsers: FakeBrowser[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(browsers.splice(0).map((browser) => browser.remove()));
});

async function fakeBrowser(options?: FakeBrowserOptions): Promise<FakeBrowser> {
  const browser = await createFakeBrowser(options);
  browsers.push(browser);
  return browser;
}

const openWith = (
  environment: Readonly<Record<string, string>>,
  { signal = new AbortController().signal, loadWithinMs = 20_000 } = {},
) => openInBrowser(URL, { platform: 'linux', environment, signal, loadWithinMs });

test('the browser gets the URL in a file that only the user can read, never as an argument', async () => {
  const browser = await fakeBrowser();
  expect(await openWith({ HPC_DESK_BROWSER: browser.path })).toBe('opened');
  expect(await browser.noted('argv')).toMatch(/\/browser\n\/\S+\/hpc-desk-\w+\/open\.html\n$/);
  expect(await browser.noted('argv')).not.toContain('sentinel');
  expect(await browser.noted('page')).toContain(`content="0;url=${URL}"`);
  expect(await browser.noted('modes')).toBe('600\n700\n');
});

test('the file is deleted once the browser has loaded it, while the browser keeps running', async () => {
  const browser = await fakeBrowser({ ending: 'echo $$ > "$0.pid"; exec tail -f /dev/null' });
  expect(await openWith({ HPC_DESK_BROWSER: browser.path })).toBe('opened');
  expect(await browser.isPageLeft()).toBe(false);
  const pid = Number(await eventually(() => browser.noted('pid')));
  expect(process.kill(pid, 'SIGKILL')).toBe(true);
});

test('by default xdg-open is started from PATH', async () => {
  const launcher = await fakeBrowser({ name: 'xdg-open' });
  const environment = { DISPLAY: ':0', PATH: `${launcher.folder}:/usr/bin:/bin` };
  expect(await openWith(environment)).toBe('opened');
  expect(await launcher.noted('argv')).toContain(`${launcher.path}\n`);
});

test('a browser name without a path is searched in PATH', async () => {
  const browser = await fakeBrowser();
  const environment = { HPC_DESK_BROWSER: 'browser', PATH: browser.folder };
  expect(await openWith(environment)).toBe('opened');
});

test('a browser is never started from the working directory', async () => {
  const { folder, path, wasStarted } = await fakeBrowser();
  const before = process.cwd();
  process.chdir(folder);
  try {
    for (const name of [basename(path), `./${basename(path)}`]) {
      expect(await openWith({ HPC_DESK_BROWSER: name, PATH: `.::${folder}/none` })).toBe('failed');
    }
  } finally {
    process.chdir(before);
  }
  expect(await wasStarted()).toBe(false);
});

test('the browser gets no HPC_DESK_* variables or proxy passwords, and process.env keeps them', async () => {
  vi.stubEnv('HPC_DESK_TOKEN', 'sentinel-token');
  vi.stubEnv('HTTPS_PROXY', 'http://me:sentinel-password@proxy.example:3128');
  const browser = await fakeBrowser();
  expect(await openWith({ HPC_DESK_BROWSER: browser.path })).toBe('opened');
  const seen = await browser.noted('env');
  expect(seen).toContain('PATH=');
  expect(seen).not.toMatch(/HPC_DESK|sentinel/);
  expect(process.env.HPC_DESK_TOKEN).toBe('sentinel-token');
  expect(process.env.HTTPS_PROXY).toContain('sentinel-password');
});

test.each(['exit 3', 'kill -TERM $$'])('a launcher ending with “%s” fails', async (ending) => {
  const browser = await fakeBrowser({ loads: false, ending });
  expect(await openWith({ HPC_DESK_BROWSER: browser.path })).toBe('failed');
  expect(await browser.isPageLeft()).toBe(false);
});

test('a launcher that exits with 0 fails when nothing loads the page', async () => {
  const browser = await fakeBrowser({ loads: false });
  const outcome = openWith({ HPC_DESK_BROWSER: browser.path }, { loadWithinMs: 500 });
  expect(await outcome).toBe('failed');
  expect(await browser.isPageLeft()).toBe(false);
});

const onNoatime = test.skipIf(!mayMount());

onNoatime(
  'on a noatime file system, where reads are not recorded, the exit code of the launcher decides',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'noatime-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'noatime', 'tmpfs', folder]);
    try {
      vi.stubEnv('TMPDIR', folder);
      const [good, bad] = [await fakeBrowser(), await fakeBrowser({ ending: 'exit 3' })];
      // Longer than the timeout of this test.
      const loadWithinMs = 600_000;
      expect(await openWith({ HPC_DESK_BROWSER: good.path }, { loadWithinMs })).toBe('opened');
      expect(await openWith({ HPC_DESK_BROWSER: bad.path }, { loadWithinMs })).toBe('failed');
      expect(await good.isPageLeft()).toBe(false);
    } finally {
      execFileSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true });
    }
  },
);

/** Whether this process may mount file systems: root with CAP_SYS_ADMIN. */
function mayMount(): boolean {
  return spawnSync('unshare', ['-m', 'true']).status === 0;
}

test('a browser that reads only the page, not its style sheet, counts as opened', async () => {
  const browser = await fakeBrowser({ loads: false, ending: 'cat "$1" > "$0.page"' });
  expect(await openWith({ HPC_DESK_BROWSER: browser.path })).toBe('opened');
});

test.each([
  [{ DISPLAY: ':0', PATH: '/nowhere' }, 'no xdg-open'],
  [{ HPC_DESK_BROWSER: '/nowhere/browser' }, 'the browser does not exist'],
  [{ HPC_DESK_BROWSER: '/etc/passwd' }, 'the browser is not executable'],
])('returns failed with %j: %s', async (environment, _) => {
  expect(await openWith(environment)).toBe('failed');
});

test('returns failed for a program that cannot be executed', async () => {
  const { folder } = await fakeBrowser();
  const path = join(folder, 'broken');
  await writeFile(path, '#!/nowhere/interpreter\n');
  await chmod(path, 0o755);
  expect(await openWith({ HPC_DESK_BROWSER: path })).toBe('failed');
});

test('another folder is used when TMPDIR does not exist', async () => {
  const browser = await fakeBrowser();
  vi.stubEnv('TMPDIR', '/nowhere');
  expect(await openWith({ HPC_DESK_BROWSER: browser.path })).toBe('opened');
  expect(await browser.wasStarted()).toBe(true);
});

test('without a display nothing is started', async () => {
  const launcher = await fakeBrowser({ name: 'xdg-open' });
  expect(await openWith({ PATH: launcher.folder })).toBe('impossible');
  expect(await launcher.wasStarted()).toBe(false);
});

test('an abort removes the file', async () => {
  const browser = await fakeBrowser({ loads: false });
  const ending = new AbortController();
  const outcome = openWith({ HPC_DESK_BROWSER: browser.path }, { signal: ending.signal });
  await eventually(() => browser.noted('modes'));
  ending.abort();
  await expect(outcome).rejects.toMatchObject({ name: 'AbortError' });
  expect(await browser.isPageLeft()).toBe(false);
  await expect(
    openWith({ HPC_DESK_BROWSER: browser.path }, { signal: ending.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

describeWith('chromium', 'a real browser', () => {
  let server: Server;

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test('follows the redirect in the file to the URL', async () => {
    const requests: { url: string | undefined; referer: string | undefined }[] = [];
    server = createServer(({ url, headers: { referer } }, response) => {
      requests.push({ url, referer });
      response.setHeader('connection', 'close').end('there');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { folder } = await fakeBrowser();
    const path = join(folder, 'chromium-headless');
    await mkdir(join(folder, 'home'));
    await writeFile(
      path,
      `#!/bin/sh
echo $$ > "$0.pid"
export HOME="${folder}/home"
exec "${findReal('chromium')}" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \\
  --no-first-run --disable-background-networking --user-data-dir="$HOME/profile" "$@"
`,
    );
    await chmod(path, 0o755);
    try {
      const { port } = server.address() as AddressInfo;
      const outcome = await openInBrowser(`http://127.0.0.1:${port}/vnc?ticket=a&b='c'`, {
        platform: 'linux',
        environment: { HPC_DESK_BROWSER: path },
        signal: new AbortController().signal,
        loadWithinMs: 25_000,
      });
      expect(outcome).toBe('opened');
      await eventually(() => requests.length > 0);
      expect(requests[0]).toEqual({ url: '/vnc?ticket=a&b=%27c%27', referer: undefined });
    } finally {
      // The browser is a process group leader, because it was started detached.
      process.kill(-Number(await readFile(`${path}.pid`, 'utf8')), 'SIGKILL');
    }
  });
});
