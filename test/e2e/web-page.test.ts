import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { usePageBench } from '../helpers/page-bench.js';
import { describeWith } from '../helpers/real-components.js';
import { runXterm } from '../helpers/run-xterm.js';
import { startXvnc } from '../helpers/start-xvnc.js';

const COLOUR = [0x2f, 0x5d, 0x8a];
const PROGRAMS = ['Xvnc', 'chromium', 'xterm', 'xsetroot', 'xdpyinfo', 'xwininfo'];

describeWith(PROGRAMS, 'the page in Chromium', () => {
  const bench = usePageBench();

  test('shows the desktop without warnings or errors', async () => {
    const page = await bench.open();
    await eventually(async () => `${await bench.colourAt(page, 400, 300)}` === `${COLOUR}`);
    for (const part of ['#card', '#password-form', '.warning']) {
      expect(await page.isVisible(part)).toBe(false);
    }
    expect(page.url()).not.toContain('#');
    expect(bench.complaints).toEqual([]);
  });

  test('typed keys reach a terminal, and its output is shown', async () => {
    const page = await bench.open();
    await runXterm(bench.xvnc, bench.folder, 'read line; printf %s "$line" > typed; exec cat');
    await page.mouse.click(300, 300);
    await page.keyboard.type('Hello, Desktop 42!');
    await page.keyboard.press('Enter');
    await eventually(
      async () => (await readFile(join(bench.folder, 'typed'), 'utf8')) === 'Hello, Desktop 42!',
    );
    await eventually(async () => `${await bench.colourAt(page, 5, 300)}` !== `${COLOUR}`);
  });

  test('the shortcut to the toolbar leaves no modifier key pressed', async () => {
    const page = await bench.open();
    await runXterm(bench.xvnc, bench.folder, 'read line; printf %s "$line" > typed; exec cat');
    await page.mouse.click(300, 300);
    await page.keyboard.press('Control+Alt+Shift');
    await page.mouse.click(300, 300);
    await page.keyboard.type('abc');
    await page.keyboard.press('Enter');
    await eventually(async () => (await readFile(join(bench.folder, 'typed'), 'utf8')) === 'abc');
  });

  test('view-only mode sends no keys', async () => {
    const page = await bench.open({ viewOnly: true });
    await runXterm(bench.xvnc, bench.folder, 'read line; printf %s "$line" > typed; exec cat');
    await page.mouse.click(300, 300);
    await page.keyboard.type('no');
    await page.keyboard.press('Enter');
    await page.click('#view-only');
    await page.mouse.click(300, 300);
    await page.keyboard.type('yes');
    await page.keyboard.press('Enter');
    await eventually(async () => (await readFile(join(bench.folder, 'typed'), 'utf8')) === 'yes');
  });

  test('match mode resizes the desktop to the window', async () => {
    const page = await bench.open();
    await page.click('#mode-match');
    await eventually(async () =>
      String(await bench.xvnc.runClient('xdpyinfo')).match(/dimensions: +1280x6\d\d /),
    );
  });

  test('a reload and a second window connect; the link itself works only once', async () => {
    const url = await bench.serve();
    const page = await bench.visit(url);
    await bench.reach(page, 'connected');
    await page.reload();
    await bench.reach(page, 'connected');
    const [second] = await Promise.all([
      page.context().waitForEvent('page'),
      page.click('#new-window'),
    ]);
    await bench.reach(second, 'connected');
    const stranger = await bench.visit(url);
    await bench.reach(stranger, 'ended');
    expect(await stranger.textContent('#message')).toContain('has been used');
  });

  test('the page reconnects to a restarted desktop', async () => {
    const page = await bench.open();
    const { port } = bench.xvnc.target;
    await bench.xvnc.close();
    await bench.reach(page, 'lost');
    expect(await page.textContent('#message')).toMatch(/Retrying in \d+ s/);
    bench.xvnc = await startXvnc({ geometry: '640x480', display: port - 5900 });
    await bench.reach(page, 'connected');
  });

  test('a screenshot is saved as a PNG', async () => {
    const page = await bench.open();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('#screenshot'),
    ]);
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([800, 600]);
  });

  test('the page reports that the program has exited', async () => {
    const page = await bench.open();
    await bench.endProgram();
    await bench.reach(page, 'ended');
    expect(await page.textContent('#message')).toContain('has exited');
  });
});
