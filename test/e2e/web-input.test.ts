import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { usePageBench } from '../helpers/page-bench.js';
import { describeWith, findReal } from '../helpers/real-components.js';
import { runXterm } from '../helpers/run-xterm.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PROGRAMS = ['Xvnc', 'chromium', 'xsetroot', 'xterm', 'xwininfo', 'xclip', 'zenity'];
/** More distinct characters than a keyboard has free keycodes: as keysyms, 19 of 300 arrived. */
const WORDS = [
  '今天',
  '我们计算',
  '分子动力学',
  '模拟蛋白质折叠过程',
  '需要很多图形节点',
  '与高性能存储',
  '再见🖥️',
];

describeWith(PROGRAMS, 'an input method on the page', () => {
  const bench = usePageBench();

  /** Composes a word like an input method: preedit text that is replaced, then the word. */
  async function compose(page: Page, word: string): Promise<void> {
    const session = await page.context().newCDPSession(page);
    for (const text of ['n', 'ni', word]) {
      await session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    }
    await session.send('Input.insertText', { text: word });
  }

  async function composeAll(page: Page): Promise<void> {
    // In the middle, where zenity opens its window.
    await page.mouse.click(640, 340);
    for (const word of WORDS) await compose(page, word);
  }

  test('Chinese text and the keys typed after it reach an xterm', async () => {
    const page = await bench.open();
    await runXterm(bench.xvnc, bench.folder, 'stty -icanon -echo; exec cat > typed');
    await composeAll(page);
    await page.keyboard.type('OK');
    const typed = () => readFile(join(bench.folder, 'typed'), 'utf8');
    await eventually(async () => (await typed()) === `${WORDS.join('')}OK`);
  });

  test('Chinese text reaches a GTK window', async () => {
    const page = await bench.open();
    const display = `:${bench.xvnc.target.port - 5900}`;
    const env = { ...process.env, DISPLAY: display, HOME: bench.folder, LC_ALL: 'C.UTF-8' };
    const argv = ['--entry', '--title=entry', '--width=700'];
    const entry = spawn(findReal('zenity') ?? '', argv, {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    entry.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    await eventually(async () =>
      String(await bench.xvnc.runClient('xwininfo', '-name', 'entry')).includes('IsViewable'),
    );
    // Without a window manager the keys go where the pointer is.
    await composeAll(page);
    const exited = once(entry, 'exit');
    await page.keyboard.press('Enter');
    await exited;
    expect(text).toBe(`${WORDS.join('')}\n`);
  });

  test('Shift+Insert pastes the local clipboard', async () => {
    const page = await bench.open();
    await runXterm(bench.xvnc, bench.folder, 'stty -icanon -echo; exec cat > typed');
    await page.evaluate(`{
      const field = document.createElement('textarea');
      field.id = 'source';
      field.value = '粘贴 paste';
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }`);
    await page.mouse.click(300, 300);
    await page.keyboard.press('Shift+Insert');
    const typed = () => readFile(join(bench.folder, 'typed'), 'utf8');
    await eventually(async () => (await typed()) === '粘贴 paste');
  });

  test('typing Chinese does not change the clipboard of the desktop', async () => {
    const page = await bench.open();
    await runXterm(bench.xvnc, bench.folder, 'stty -icanon -echo; exec cat > typed');
    await page.click('#open-clipboard');
    await page.fill('#clipboard-text', 'copied before');
    await page.click('#clipboard-send');
    await page.click('#open-clipboard');
    await page.mouse.click(300, 300);
    await compose(page, '你好');
    const typed = () => readFile(join(bench.folder, 'typed'), 'utf8');
    await eventually(async () => (await typed()) === '你好');
    const copied = () => bench.xvnc.runClient('xclip', '-o', '-selection', 'clipboard');
    await eventually(async () => String(await copied()) === 'copied before');
  });

  test('nothing is typed in view-only mode', async () => {
    const page = await bench.open({ viewOnly: true });
    await runXterm(bench.xvnc, bench.folder, 'stty -icanon -echo; exec cat > typed');
    await page.mouse.click(300, 300);
    await compose(page, '不');
    await page.click('#view-only');
    await page.mouse.click(300, 300);
    await compose(page, '是');
    const typed = () => readFile(join(bench.folder, 'typed'), 'utf8');
    await eventually(async () => (await typed()) === '是');
  });
});

describeWith(['Xvnc', 'chromium', 'xsetroot'], 'the nightly sweep on the page', () => {
  const bench = usePageBench();

  test('is announced 30 and 10 minutes before by a banner and a notification', async () => {
    const sweepAt = new Date(Date.now() + 31 * 60_000).toISOString();
    const url = await bench.serve({ sweepAt });
    const page = await bench.visit('about:blank');
    await page.context().grantPermissions(['notifications'], { origin: new URL(url).origin });
    await page.clock.install();
    await page.addInitScript(`{
      globalThis.notified = [];
      const Real = Notification;
      globalThis.Notification = class extends Real {
        constructor(title, options) {
          super(title, options);
          globalThis.notified.push(options.body);
        }
      };
    }`);
    await page.goto(url);
    await bench.reach(page, 'connected');
    expect(await page.isVisible('#sweep-warning')).toBe(false);
    await page.clock.fastForward('02:00');
    expect(await page.textContent('#sweep-warning')).toContain('29 min');
    await page.click('#sweep-warning-close');
    await page.clock.fastForward('05:00');
    expect(await page.isVisible('#sweep-warning')).toBe(false);
    await page.clock.fastForward('15:00');
    expect(await page.textContent('#sweep-warning')).toMatch(/in \d min/);
    expect(await page.evaluate('globalThis.notified.length')).toBe(2);
    // The sweep is over; the next night has warnings of its own.
    await page.clock.fastForward('10:00');
    expect(await page.isVisible('#sweep-warning')).toBe(false);
    await page.clock.fastForward('23:31:00');
    expect(await page.textContent('#sweep-warning')).toMatch(/in 2\d min/);
    expect(await page.evaluate('globalThis.notified.length')).toBe(3);
  });

  test('offers to enable notifications', async () => {
    const sweepAt = new Date(Date.now() + 20 * 60_000).toISOString();
    const page = await bench.open({ sweepAt });
    expect(await page.textContent('#sweep-warning')).toContain('20 min');
    expect(await page.isVisible('#sweep-warning-action')).toBe(true);
  });
});
