import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import type { Port } from '../../src/model/endpoint.js';
import { startRfbServer } from '../../src/sandbox/rfb/server.js';
import { eventually } from '../helpers/eventually.js';
import { usePageBench } from '../helpers/page-bench.js';
import { describeWith, findReal } from '../helpers/real-components.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PROGRAMS = ['Xvnc', 'chromium', 'xsetroot', 'xclip'];
const SELECTION = ['-selection', 'clipboard'];
/** Longer than 256 KiB, the default limit of TigerVNC (MaxCutText). */
const LONG = '长文本📋 '.repeat(60_000);
const MIB = 1024 * 1024;
/** ClientCutText (RFC 6143 §7.5.6), and the caps flags of noVNC in the ninth byte of an extended message. */
const CLIENT_CUT_TEXT = 6;
const CAPS = 0x1f;

/** `prompt` is the state before the user has decided. */
type Permission = 'granted' | 'denied' | 'prompt';

describeWith(PROGRAMS, 'the clipboard that the page shares with the desktop', () => {
  const bench = usePageBench({
    xvncOptions: () => ['-SecurityTypes', 'None', '-MaxCutText', String(2 * MIB)],
  });

  /** Opens the page, connected to the desktop, in a browser with this clipboard permission. */
  async function openWith(
    permission: Permission,
    options = {},
    onSent: (payload: Buffer) => void = () => {},
  ): Promise<Page> {
    const url = await bench.serve(options);
    const page = await bench.visit('about:blank');
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => onSent(Buffer.from(payload))),
    );
    await allow(page, url, permission);
    await page.goto(url);
    await bench.reach(page, 'connected');
    return page;
  }

  /** Sets the permission as the user would; granting some permissions denies all others. */
  async function allow(page: Page, url: string, permission: Permission): Promise<void> {
    const { origin } = new URL(url);
    const granted = permission === 'granted' ? ['clipboard-read', 'clipboard-write'] : ['midi'];
    if (permission !== 'prompt') await page.context().grantPermissions(granted, { origin });
  }

  /** Copies text on the local machine and returns the focus to the page. */
  async function copyHere(page: Page, text: string): Promise<void> {
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await comeBack(page);
  }

  const comeBack = (page: Page) => page.evaluate("window.dispatchEvent(new Event('focus'))");
  const pasteHere = (page: Page) => page.evaluate('navigator.clipboard.readText()');
  const onDesktop = async () => {
    const text = await bench.xvnc.runClient('xclip', '-o', ...SELECTION).catch(() => '');
    return String(text);
  };

  function copyOnDesktop(text: string): void {
    const display = ['-display', `:${bench.xvnc.target.port - 5900}`];
    const argv = [...display, '-quiet', '-i', ...SELECTION];
    // It exits with its desktop.
    const owner = spawn(findReal('xclip') ?? '', argv, { stdio: ['pipe', 'ignore', 'ignore'] });
    owner.stdin.end(text);
  }

  test('allowed: text copied locally is sent to the desktop when the page gets the focus', async () => {
    const page = await openWith('granted');
    await copyHere(page, '科学计算 🧪 naïve');
    await eventually(async () => (await onDesktop()) === '科学计算 🧪 naïve');
    await copyHere(page, 'the next');
    await eventually(async () => (await onDesktop()) === 'the next');
    expect(await page.isVisible('#panel-clipboard')).toBe(false);
  });

  test('allowed: text copied on the desktop is written to the local clipboard', async () => {
    const page = await openWith('granted');
    copyOnDesktop('来自桌面 🖥️');
    await eventually(async () => (await pasteHere(page)) === '来自桌面 🖥️');
    expect(await page.isVisible('#panel-clipboard')).toBe(false);
  });

  test('long text is transferred both ways; more than 1 MiB is reported and not sent', async () => {
    const page = await openWith('granted');
    await copyHere(page, LONG);
    await eventually(async () => (await onDesktop()) === LONG);
    const longer = `other ${LONG}`;
    copyOnDesktop(longer);
    await eventually(async () => (await pasteHere(page)) === longer);
    await copyHere(page, '长'.repeat(MIB / 3 + 1));
    await page.waitForSelector('#clipboard-report');
    expect(await page.textContent('#clipboard-report')).toContain('1 MiB');
    expect(await onDesktop()).toBe(longer);
  });

  test('undecided: the page asks for permission once, when there is text to share', async () => {
    const page = await openWith('prompt');
    expect(await page.isVisible('#clipboard-ask')).toBe(false);
    copyOnDesktop('first');
    await page.waitForSelector('#clipboard-ask');
    await allow(page, page.url(), 'granted');
    await page.click('#clipboard-ask-action');
    await eventually(async () => (await pasteHere(page)) === 'first');
    await copyHere(page, '你好');
    await eventually(async () => (await onDesktop()) === '你好');
    expect(await page.isVisible('#clipboard-ask')).toBe(false);
  });

  test('undecided and dismissed: the page does not ask again and shares nothing', async () => {
    const page = await openWith('prompt');
    await comeBack(page);
    await page.click('#clipboard-ask-close');
    copyOnDesktop('kept for the panel');
    await page.click('#open-clipboard');
    await eventually(async () => {
      await page.click('#clipboard-get');
      return (await page.inputValue('#clipboard-text')) === 'kept for the panel';
    });
    await comeBack(page);
    expect(await page.isVisible('#clipboard-ask')).toBe(false);
  });

  test('denied: the page does not ask, and its clipboard panel works', async () => {
    const page = await openWith('denied');
    copyOnDesktop('来自桌面');
    await comeBack(page);
    await page.click('#open-clipboard');
    await eventually(async () => {
      await page.click('#clipboard-get');
      return (await page.inputValue('#clipboard-text')) === '来自桌面';
    });
    await page.fill('#clipboard-text', '到桌面');
    await page.click('#clipboard-send');
    await eventually(async () => (await onDesktop()) === '到桌面');
    expect(await page.isVisible('#clipboard-ask')).toBe(false);
  });

  test('view only: the local clipboard is not sent', async () => {
    const sent: Buffer[] = [];
    const page = await openWith('granted', { viewOnly: true }, (payload) => sent.push(payload));
    await copyHere(page, 'secret');
    await page.mouse.click(300, 300);
    await page.keyboard.press('Control+V');
    await page.click('#view-only');
    // The caps message of noVNC contains no text.
    expect(sent.filter((bytes) => bytes[0] === CLIENT_CUT_TEXT && bytes[8] !== CAPS)).toEqual([]);
    await copyHere(page, 'then this');
    await eventually(async () => (await onDesktop()) === 'then this');
  });
});

describeWith(PROGRAMS, 'a desktop that accepts Latin-1 only', () => {
  const bench = usePageBench();

  test('the page reports text that is not Latin-1', async () => {
    // The sandbox's own server implements only RFC 6143.
    const desktop = await startRfbServer({
      ...{ widthPx: 640, heightPx: 480, vncPassword: undefined },
      signal: new AbortController().signal,
      onClientsChanged: () => {},
    });
    bench.xvnc = {
      ...bench.xvnc,
      target: { ...bench.xvnc.target, port: (5900 + desktop.display) as Port },
    };
    const page = await bench.open();
    await page.click('#open-clipboard');
    await page.fill('#clipboard-text', 'naïve 你');
    await page.click('#clipboard-send');
    expect(await page.textContent('#panel-clipboard .note')).toContain('Latin-1');
    await desktop.close();
  });

  test('the page reports text from the desktop that is larger than 1 MiB', async () => {
    const text = Buffer.alloc(MIB, 'é', 'latin1');
    const cutText = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0]);
    cutText.writeUInt32BE(text.length, 4);
    const init = Buffer.from(
      '0320025820180001 00ff00ff00ff100800000000 00000000'.replaceAll(' ', ''),
      'hex',
    );
    const answers = [Buffer.from([1, 1]), Buffer.alloc(4), Buffer.concat([init, cutText, text])];
    const server = createServer((socket) => {
      socket.on('error', () => {}).write('RFB 003.008\n');
      socket.on('data', () => socket.write(answers.shift() ?? Buffer.of()));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    bench.xvnc = { ...bench.xvnc, target: { ...bench.xvnc.target, port: port as Port } };
    const page = await bench.open();
    await page.waitForSelector('#clipboard-report');
    expect(await page.textContent('#clipboard-report')).toContain('larger than 1 MiB');
    server.close();
  });
});
