import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { usePageBench } from '../helpers/page-bench.js';
import { describeWith, findReal } from '../helpers/real-components.js';

/** RFC 6143 §7.5.2; the pseudo-encodings of JPEG quality 0…9 begin at −32 (rfbproto, "JPEG Quality Level"). */
const SET_ENCODINGS = 2;
const QUALITY_0 = -32;

describeWith(['Xvnc', 'chromium', 'xsetroot', 'xev'], 'the tools of the page', () => {
  const bench = usePageBench();

  /** Collects the names of the keys pressed on the desktop, in order. */
  function watchKeys(): { readonly names: readonly string[]; end(): void } {
    const display = `:${bench.xvnc.target.port - 5900}`;
    const argv = ['-display', display, '-root', '-event', 'keyboard'];
    const xev = spawn(findReal('xev') ?? '', argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    xev.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    return {
      get names() {
        const events = text.split('\n\n').filter((event) => event.startsWith('KeyPress'));
        return events.map((event) => /\(keysym 0x\w+, (\w+)\)/.exec(event)?.[1] ?? '');
      },
      end: () => void xev.kill(),
    };
  }

  test('the keys panel sends special keys and typed text to the desktop', async () => {
    const page = await bench.open();
    const keys = watchKeys();
    await page.mouse.move(400, 400);
    await page.click('#open-keys');
    await eventually(async () => {
      await page.click('#key-F5');
      return keys.names.includes('F5');
    });
    // More of the repeated F5 clicks may still arrive.
    const others = () => keys.names.filter((name) => name !== 'F5');
    await page.click('#ctrl-alt-del');
    await eventually(() => others().length >= 3);
    expect(others()).toEqual(['Control_L', 'Alt_L', 'Delete']);

    await page.focus('#typing');
    await page.keyboard.type('aé');
    await page.keyboard.press('Backspace');
    await eventually(() => others().length >= 6);
    expect(others().slice(3)).toEqual(['a', 'eacute', 'BackSpace']);
    keys.end();
  });

  test('a held key stays down until it is pressed again', async () => {
    const page = await bench.open();
    await page.click('#open-keys');
    const held = () => page.getAttribute('#key-ControlLeft', 'aria-pressed');
    await page.click('#key-ControlLeft');
    expect(await held()).toBe('true');
    await page.click('#key-ControlLeft');
    expect(await held()).toBe('false');
  });

  test('the selected quality is requested from the desktop', async () => {
    const page = await bench.visit(await bench.serve());
    await bench.reach(page, 'connected');
    await page.evaluate(`{
      globalThis.sent = [];
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) {
        globalThis.sent.push([...new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength)]);
        return send.call(this, data);
      };
      const slider = document.querySelector('#quality');
      slider.value = '9';
      slider.dispatchEvent(new Event('change'));
    }`);
    const messages = (await page.evaluate('globalThis.sent')) as number[][];
    const asked = messages
      .map((bytes) => Buffer.from(bytes))
      .filter((message) => message[0] === SET_ENCODINGS)
      .flatMap((message) =>
        Array.from({ length: message.readUInt16BE(2) }, (_, index) =>
          message.readInt32BE(4 + index * 4),
        ),
      );
    expect(asked).toContain(QUALITY_0 + 9);
  });

  test('the picture is scaled to the window or shown at its actual size', async () => {
    const viewport = { width: 600, height: 500 };
    const page = await bench.visit(await bench.serve(), { viewport });
    await bench.reach(page, 'connected');
    const widthPx = () =>
      page.evaluate("document.querySelector('#screen canvas').getBoundingClientRect().width");
    await page.click('#mode-fit');
    await eventually(async () => Number(await widthPx()) <= 600);
    await page.click('#mode-actual');
    const scale = () =>
      page.evaluate(`{
        const canvas = document.querySelector('#screen canvas');
        canvas.getBoundingClientRect().width / canvas.width;
      }`);
    await eventually(async () => (await scale()) === 1);
  });
});
