import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encryptVncDes } from '../../src/model/vnc-des.js';
import type { Desktop } from '../../src/sandbox/desktop.js';
import { startXvnc, type XvncOptions, xvncArguments } from '../../src/sandbox/xvnc.js';
import { bundleFile } from '../helpers/bundle-source.js';
import { eventually } from '../helpers/eventually.js';
import { describeWith, findReal } from '../helpers/real-components.js';
import { connectRfb, type RfbTestClient } from './rfb-test-client.js';

const PROGRAM = findReal('Xvnc') ?? '';
test.each([
  [undefined, ['-SecurityTypes', 'None']],
  ['/private/passwd', ['-SecurityTypes', 'VncAuth', '-PasswordFile', '/private/passwd']],
])(
  'Xvnc listens on a private socket only and requires the cookie, with password file %s',
  (passwordFile, security) => {
    const size = { widthPx: 800, heightPx: 600 };
    const [path, rfbSocket] = ['/private', '/private/rfb'];
    const files = { path, xauthority: '/private/Xauthority', rfbSocket, passwordFile };
    const line = xvncArguments(size, 4, files).join(' ');
    for (const part of [
      ':4 ',
      '-auth /private/Xauthority',
      '-nolisten tcp',
      '-rfbport -1 -rfbunixpath /private/rfb -rfbunixmode 0600',
      '-geometry 800x600',
      security.join(' '),
    ]) {
      expect(line).toContain(part);
    }
    expect(line).not.toMatch(/-ac\b/);
  },
);

describeWith('Xvnc', 'a real Xvnc', () => {
  let folder = '';
  let desktops: Desktop[] = [];
  let clients: RfbTestClient[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xvnc-test-'));
  });
  afterEach(async () => {
    for (const { socket } of clients) socket.destroy();
    await Promise.all(desktops.map((desktop) => desktop.close()));
    [desktops, clients] = [[], []];
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function start(options: Partial<XvncOptions> = {}): Promise<Desktop> {
    const desktop = await startXvnc({
      program: PROGRAM,
      environment: process.env,
      widthPx: 320,
      heightPx: 240,
      vncPassword: undefined,
      signal: new AbortController().signal,
      onClientsChanged: () => {},
      ...options,
    });
    desktops.push(desktop);
    return desktop;
  }

  async function connectTo(display: number): Promise<RfbTestClient> {
    const client = await connectRfb(5900 + display);
    clients.push(client);
    return client;
  }

  test('sends the greeting on port 5900 + display once it is started', async () => {
    const client = await connectTo((await start()).display);
    expect((await client.hear(12)).toString()).toBe('RFB 003.008\n');
    await client.sayText('RFB 003.008\n');
    expect((await client.hear(2)).toString('hex')).toBe('0101');
  });

  test('has the requested size', async () => {
    const client = await connectTo((await start()).display);
    await client.hear(12);
    await client.sayText('RFB 003.008\n');
    await client.hear(2);
    await client.say('01');
    await client.hear(4);
    await client.say('01');
    expect((await client.hear(4)).toString('hex')).toBe('014000f0');
  });

  test('requires the password when one is set', async () => {
    const client = await connectTo((await start({ vncPassword: 'secret' })).display);
    await client.hear(12);
    await client.sayText('RFB 003.008\n');
    expect((await client.hear(2)).toString('hex')).toBe('0102');
    await client.say('02');
    const challenge = await client.hear(16);
    await client.say(encryptVncDes(Buffer.from('secret'), challenge).toString('hex'));
    expect((await client.hear(4)).toString('hex')).toBe('00000000');
  });

  test('reports connects and disconnects of viewers', async () => {
    const counts: number[] = [];
    let settle = () => {};
    const gone = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const desktop = await start({
      onClientsChanged(count) {
        counts.push(count);
        if (count === 0) settle();
      },
    });
    const client = await connectTo(desktop.display);
    await client.hear(12);
    client.socket.destroy();
    await gone;
    expect(counts).toEqual([1, 0]);
  });

  test('is terminated by close, and its X socket is removed', async () => {
    const desktop = await start();
    const client = await connectTo(desktop.display);
    await client.hear(12);
    await desktop.close();
    await client.hearAll();
    await expect(connectTo(desktop.display)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await readdir('/tmp/.X11-unix')).not.toContain(`X${desktop.display}`);
  });

  test('is not started when the signal is aborted', async () => {
    await expect(start({ signal: AbortSignal.abort() })).rejects.toThrow();
  });

  test('that cannot start is reported with the reason', async () => {
    await expect(start({ program: '/bin/false' })).rejects.toMatchObject({
      code: 'xvnc.failed',
      details: { reason: 'ended before it was ready' },
    });
    await expect(start({ widthPx: -1 })).rejects.toMatchObject({
      code: 'xvnc.failed',
      details: { reason: expect.stringContaining('screen') },
    });
  });

  describe('started by a sandbox in another process', () => {
    let script = '';
    let child: ChildProcess | undefined;
    beforeAll(async () => {
      script = join(folder, 'run-sandbox.mjs');
      await bundleFile(join(import.meta.dirname, 'run-sandbox.ts'), script);
    });
    afterEach(() => child?.kill('SIGKILL'));

    test.each(['SIGKILL', 'SIGTERM'] as const)('ends when %s ends that process', async (signal) => {
      child = spawn(process.execPath, [script], {
        env: { PATH: process.env.PATH, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(child.stdout ?? child, 'data');
      const client = await connectTo(Number(line));
      expect((await client.hear(12)).toString()).toBe('RFB 003.008\n');
      const exited = once(child, 'exit');
      child.kill(signal);
      await Promise.all([client.hearAll(), exited]);
      await expect(connectTo(Number(line))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await eventually(async () => (await privateFolders()).length === 0);
    });

    const privateFolders = async () =>
      (await readdir(folder)).filter((name) => name.startsWith('hpc-desk-'));
  });
});
