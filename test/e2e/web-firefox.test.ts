import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { freePort } from '../helpers/free-port.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { type FirefoxTab, openFirefox } from '../helpers/open-firefox.js';
import { describeWith } from '../helpers/real-components.js';
import { runXterm } from '../helpers/run-xterm.js';
import { startPlatformOf } from '../helpers/start-platform-of.js';
import { startXvnc, type TestXvnc } from '../helpers/start-xvnc.js';

const COLOUR = [0x2f, 0x5d, 0x8a];

describeWith(
  ['Xvnc', 'firefox-esr', 'xterm', 'xsetroot', 'xwininfo'],
  'the page in Firefox',
  () => {
    let user: DeskHome;
    let folder: string;
    let xvnc: TestXvnc;
    let tab: FirefoxTab;
    const closers: (() => Promise<unknown>)[] = [];

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hpc-desk-firefox-'));
      // The platform has no display 0, which Xvnc would pick first.
      const display = (await freePort()) - 5900;
      [user, xvnc] = await Promise.all([
        openDeskHome(),
        startXvnc({ geometry: '800x600', display }),
      ]);
      await xvnc.runClient('xsetroot', '-solid', '#2f5d8a');
      const platform = await startPlatformOf(xvnc.target);
      await logIn(user, { apiUrl: platform.apiUrl, token: 'firefox' });
      const running = await user.start(['vnc', 'connect', '--web', '--field', 'url'], {
        environment: { HPC_DESK_BROWSER: 'none' },
      });
      tab = await openFirefox();
      closers.push(() => rm(folder, { recursive: true }), platform.close, user.close, xvnc.close);
      closers.push(tab.close);
      await tab.goTo(running.firstLine);
      await eventually(async () => (await state()) === 'connected');
    });

    afterEach(async () => {
      for (const close of closers.splice(0).reverse()) await close();
    });

    const state = () => tab.evaluate('document.body.dataset.state');
    const colour = () =>
      tab.evaluate(`[...document.querySelector('#screen canvas').getContext('2d')
      .getImageData(400, 300, 1, 1).data].slice(0, 3)`);

    test('shows the desktop and removes the secret from its URL', async () => {
      await eventually(async () => `${await colour()}` === `${COLOUR}`);
      expect(await tab.evaluate('location.hash')).toBe('');
    });

    test('sends typed keys to a terminal', async () => {
      await runXterm(xvnc, folder, 'read line; printf %s "$line" > typed; exec cat');
      await eventually(async () => `${await colour()}` !== `${COLOUR}`);
      await tab.click(300, 300);
      await tab.type('Hello, Firefox 42!\uE007');
      const typed = () => readFile(join(folder, 'typed'), 'utf8');
      await expect.poll(typed).toBe('Hello, Firefox 42!');
    });
  },
);
