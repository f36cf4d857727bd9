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
  'Xvnc is kept to a private socket and to holders of the cookie, password file %s',
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

  test('greets on port 5900 + display as soon as it is started', async () => {
    const client = await connectTo((await start()).display);
    expect((await client.hear(12)).toString()).toBe('RFB 003.008\n');
    await client.sayText('RFB 003.008\n');
    expect((await client.hear(2)).toString('hex')).toBe('0101');
  });

  test('has the size that was asked for', async () => {
    const client = await connectTo((await start()).display);
    await client.hear(12);
    await client.sayText('RFB 003.008\n');
    await client.hear(2);
    await client.say('01');
    await client.hear(4);
    await client.say('01');
    expect((await client.hear(4)).toString('hex')).toBe('014000f0');
  });

  test('asks for the password when there is one', async () => {
    const client = await connectTo((await start({ vncPassword: 'secret' })).display);
    await client.hear(12);
    await client.sayText('RFB 003.008\n');
    expect((await client.hear(2)).toString('hex')).toBe('0102');
    await client.say('02');
    const challenge = await client.hear(16);
    await client.say(encryptVncDes(Buffer.from('secret'), challenge).toString('hex'));
    expect((await client.hear(4)).toString('hex')).toBe('00000000');
  });

  test('reports viewers as they come and go', async () => {
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

  test('is gone once closed, with its private folder', async () => {
    const desktop = await start();
    const client = await connectTo(desktop.display);
    await client.hear(12);
    await desktop.close();
    await client.hearAll();
    await expect(connectTo(desktop.display)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await readdir('/tmp/.X11-unix')).not.toContain(`X${desktop.display}`);
  });

  test('that is not to start is abandoned', async () => {
    await expect(start({ signal: AbortSignal.abort() })).rejects.toThrow();
  });

  test('that cannot start says why', async () => {
    await expect(start({ program: '/bin/false' })).rejects.toMatchObject({
      code: 'xvnc.failed',
      details: { reason: 'ended before it was ready' },
    });
    await expect(start({ widthPx: -1 })).rejects.toMatchObject({
      code: 'xvnc.failed',
      details: { reason: expect.stringContaining('screen') },
    });
  });

  describe('behind a sandbox in a process of its own', () => {
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
