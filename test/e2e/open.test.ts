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
  // It looks into the page for what kind of file that is, and so reads it before any browser does.
  test('hands the page to the browser and waits until that has it', async () => {
    const { url } = await user.json(['vnc', 'open'], { environment: { DISPLAY: ':0' } });
    expect(await browser.noted('page')).toContain(`"0;url=${url}"`);
    expect(await browser.noted('argv')).not.toContain('ticket');
    expect(await browser.noted('env')).not.toContain('HPC_DESK');
    expect(await browser.isPageLeft()).toBe(false);
    expect(user.processes()).toEqual([]);
  });

  test('says when there is no xdg-open', async () => {
    const words = ['vnc', 'open', '--field', 'url'];
    const options = { environment: { DISPLAY: ':0', PATH: '/nowhere' } };
    const { exitCode, stdout, stderr } = await user.run(words, options);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^http:\S+\n$/);
    expect(stderr).toMatch(/open the URL yourself\.\n$/);
    expect(await browser.wasStarted()).toBe(false);
  });
});

/** Makes it what the user has chosen for pages (https://specifications.freedesktop.org/mime-apps-spec). */
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
