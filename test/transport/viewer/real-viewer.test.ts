import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Port } from '../../../src/model/endpoint.js';
import { createTransport } from '../../../src/transport/create-transport.js';
import type { ViewerAddress, ViewerOptions } from '../../../src/transport/transport.js';
import { eventually } from '../../helpers/eventually.js';
import { describeWith, findReal } from '../../helpers/real-components.js';
import { countPixels, paintRoot, startXServer, type XServer } from './x-server.js';

const PASSWORD = 'opensesa';
const COLOUR = 0x12a4c6;
const DESKTOP = { widthPx: 320, heightPx: 240 };
const SCREEN = { widthPx: 800, heightPx: 600 };

const REAL = ['Xvfb', 'Xvnc', 'xtigervncviewer', 'tigervncpasswd', 'xwd', 'xsetroot'];

describeWith(REAL, 'the real xtigervncviewer and a real Xvnc', () => {
  let folder: string;
  let screen: XServer;
  let desktop: XServer;
  let tcp: ViewerAddress;
  let socket: ViewerAddress;
  const closes: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'real-viewer-'));
    const passwordFile = join(folder, 'passwd');
    const hidden = execFileSync('tigervncpasswd', ['-f'], { input: `${PASSWORD}\n` });
    await writeFile(passwordFile, hidden, { mode: 0o600 });
    const path = join(folder, 'rfb');
    screen = await startXServer('Xvfb', [
      '-screen',
      '0',
      `${SCREEN.widthPx}x${SCREEN.heightPx}x24`,
    ]);
    desktop = await startXServer('Xvnc', [
      ...['-geometry', `${DESKTOP.widthPx}x${DESKTOP.heightPx}`, '-depth', '24', '-localhost'],
      ...['-SecurityTypes', 'VncAuth', '-PasswordFile', passwordFile, '-rfbunixpath', path],
    ]);
    await paintRoot(desktop.display, `#${COLOUR.toString(16)}`);
    const port = (5900 + desktop.displayNumber) as Port;
    tcp = { kind: 'tcp', host: '127.0.0.1', port };
    socket = { kind: 'socket', path };
  });

  afterEach(async () => {
    for (const close of closes.splice(0)) await close();
  });

  afterAll(async () => {
    await desktop?.close();
    await screen?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(options: Partial<ViewerOptions>, display = screen.display) {
    const transport = createTransport({
      platform: 'linux',
      environment: { PATH: process.env.PATH, HOME: folder, DISPLAY: display },
    });
    const viewer = await transport.chooseViewer(findReal('xtigervncviewer') ?? '');
    const running = await transport.startViewer(viewer, {
      address: tcp,
      password: PASSWORD,
      viewOnly: false,
      fullScreen: false,
      signal: new AbortController().signal,
      ...options,
    });
    closes.push(running.close);
    return running;
  }

  const shown = () => countPixels(screen.display, COLOUR);
  const most = ({ widthPx, heightPx }: typeof DESKTOP) => widthPx * heightPx * 0.9;

  test.each([
    ['a TCP port', () => tcp],
    ['a Unix socket', () => socket],
  ])(
    'show the colour of the desktop over %s',
    async (_, address) => {
      const running = await start({ address: address(), viewOnly: true });
      await eventually(async () => (await shown()) >= most(DESKTOP));
      await running.close();
      await eventually(async () => (await shown()) === 0);
      await expect(running.exited).resolves.toBeUndefined();
    },
    40_000,
  );

  test.each(['slow', 'lan'] as const)(
    'show the desktop with the options for a %s link',
    async (link) => {
      await start({ link });
      await eventually(async () => (await shown()) >= most(DESKTOP));
    },
    20_000,
  );

  test('fill the screen in full-screen mode', async () => {
    await start({ fullScreen: true });
    await eventually(async () => (await shown()) >= most(SCREEN));
  });

  test('fail with the reason when the password is wrong', async () => {
    const running = await start({ password: 'wrong' });
    await expect(running.exited).rejects.toMatchObject({
      code: 'viewer.failed',
      details: { viewer: 'TigerVNC', reason: expect.stringMatching(/authentication fail/i) },
    });
  });

  test('fail when nothing listens', async () => {
    const running = await start({ address: { kind: 'socket', path: join(folder, 'nobody') } });
    await expect(running.exited).rejects.toMatchObject({ code: 'viewer.failed' });
  });

  test('fail with the reason when there is no display', async () => {
    const running = await start({}, ':59999');
    await expect(running.exited).rejects.toMatchObject({
      code: 'viewer.failed',
      details: { exitCode: 1, reason: expect.stringMatching(/can't open display/i) },
    });
  });
});
