import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { IS_DEEP } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
import { findA11yViolations } from '../helpers/find-a11y-violations.js';
import { usePageBench } from '../helpers/page-bench.js';
import { describeWith, findReal } from '../helpers/real-components.js';

describeWith(['Xvnc', 'chromium', 'xsetroot'], 'accessibility of the page', () => {
  const bench = usePageBench();

  test.each([
    ['en', 'light', 1280],
    ['zh', 'dark', 390],
    ...(IS_DEEP
      ? ([
          ['en', 'dark', 390],
          ['zh', 'light', 1280],
        ] as const)
      : []),
  ] as const)('passes axe-core in %s, %s, %i pixels wide', async (language, colorScheme, width) => {
    const viewport = { width, height: 844 };
    const page = await bench.visit(await bench.serve({}, language), { viewport, colorScheme });
    await bench.reach(page, 'connected');
    expect(await findA11yViolations(page)).toEqual([]);
    for (const panel of ['clipboard', 'keys', 'facts']) {
      await page.click(`#open-${panel}`);
      expect(await findA11yViolations(page), panel).toEqual([]);
    }
    await bench.endProgram();
    await bench.reach(page, 'ended');
    expect(await findA11yViolations(page)).toEqual([]);
  });

  test('the keyboard moves focus from the desktop to the toolbar and into a panel', async () => {
    const page = await bench.open();
    await page.keyboard.press('Control+Alt+Shift');
    const focused = () => page.evaluate('document.activeElement.id');
    expect(await focused()).toBe('fold');
    await page.focus('#open-keys');
    await page.keyboard.press('Enter');
    expect(await page.isVisible('#panel-keys')).toBe(true);
    await page.focus('#ctrl-alt-del');
    await page.keyboard.press('Escape');
    expect(await page.isVisible('#panel-keys')).toBe(false);
    expect(await focused()).toBe('open-keys');
  });
});

describeWith(['Xvnc', 'chromium', 'xsetroot', 'xclip'], 'the clipboard of the page', () => {
  const bench = usePageBench();
  const selection = ['-selection', 'clipboard'];

  test('text is sent to the desktop', async () => {
    const page = await bench.open();
    await page.click('#open-clipboard');
    await page.fill('#clipboard-text', 'from the page: 你好');
    await page.click('#clipboard-send');
    await eventually(
      async () =>
        String(await bench.xvnc.runClient('xclip', '-o', ...selection)) === 'from the page: 你好',
    );
  });

  test('text is fetched from the desktop on a click, and not before', async () => {
    const page = await bench.open();
    const copied = 'from the desktop: 你好';
    const display = ['-display', `:${bench.xvnc.target.port - 5900}`];
    const owner = spawn(findReal('xclip') ?? '', [...display, '-quiet', '-i', ...selection], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    owner.stdin.end(copied);
    await page.click('#open-clipboard');
    expect(await page.inputValue('#clipboard-text')).toBe('');
    await eventually(async () => {
      await page.click('#clipboard-get');
      return (await page.inputValue('#clipboard-text')) === copied;
    });
    owner.kill();
  });
});
