import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeBrowser, type FakeBrowser } from '../helpers/fake-browser.js';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';
import { describeWith } from '../helpers/real-components.js';

let site: DeskHome;
let user: DeskHome;
let browser: FakeBrowser;

beforeEach(async () => {
  [site, user, browser] = await Promise.all([openDeskHome(), openDeskHome(), createFakeBrowser()]);
  await logIn(user, (await startSandboxIn(site, 'builtin')).description);
  await user.json(['vnc', 'create']);
  await preferBrowser();
});

afterEach(() => Promise.all([site?.close(), user?.close(), browser?.remove()]));

describeWith('xdg-open', 'vnc open with the real xdg-open', () => {
  // xdg-open reads the page to detect its MIME type, before any browser does.
  test('passes the page to the browser and waits until it is loaded', async () => {
    const { url } = await user.json(['vnc', 'open'], { environment: { DISPLAY: ':0' } });
    expect(await browser.noted('page')).toContain(`"0;url=${url}"`);
    expect(await browser.noted('argv')).not.toContain('ticket');
    expect(await browser.noted('env')).not.toContain('HPC_DESK');
    expect(await browser.isPageLeft()).toBe(false);
    expect(user.processes()).toEqual([]);
  });

  test('reports a missing xdg-open and prints the URL', async () => {
    const words = ['vnc', 'open', '--field', 'url'];
    const options = { environment: { DISPLAY: ':0', PATH: '/nowhere' } };
    const { exitCode, stdout, stderr } = await user.run(words, options);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^http:\S+\n$/);
    expect(stderr).toMatch(/open the URL yourself\.\n$/);
    expect(await browser.wasStarted()).toBe(false);
  });
});

/** Makes the fake browser the user's default for HTML (https://specifications.freedesktop.org/mime-apps-spec). */
async function preferBrowser(): Promise<void> {
  const applications = join(user.folder, '.local/share/applications');
  await mkdir(applications, { recursive: true });
  await writeFile(
    join(applications, 'fake.desktop'),
    `[Desktop Entry]\nType=Application\nName=Fake\nExec=${browser.path} %u\nMimeType=text/html;\n`,
  );
  await writeFile(
    join(applications, 'mimeapps.list'),
    '[Default Applications]\ntext/html=fake.desktop\n',
  );
}
