import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import type { IpAddress, Port } from '../../../src/model/endpoint.js';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import type { ForwardAddress } from '../../../src/transport/transport.js';
import { describeWith, findReal } from '../../helpers/real-components.js';
import { startSshd } from '../../helpers/start-sshd.js';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function attach(address: ForwardAddress): Socket {
  const socket = connect(address.kind === 'socket' ? { path: address.path } : address);
  closers.push(() => socket.destroy());
  return socket.on('error', () => {});
}

describeWith(
  ['ssh', 'sshd', 'ssh-keygen', 'Xvnc'],
  'a forward to a real Xvnc through a real ssh',
  () => {
    test('passes the greeting and the security types to a client', async () => {
      const sshd = await startSshd();
      closers.push(sshd.close);
      const display = await startXvnc(sshd.folder);
      const target = { host: '127.0.0.1' as IpAddress, port: (5900 + display) as Port };
      const forward = await openForward(
        {
          route: { kind: 'ssh', target, via: sshd.via },
          listen: { kind: 'socket' },
          mayAsk: false,
          timeoutMs: 20_000,
          signal: new AbortController().signal,
        },
        { environment: sshd.environment, platform: process.platform },
      );
      closers.push(forward.close);
      expect(forward.rfbVersion).toBe('003.008');
      const client = attach(forward.address);
      const [greeting] = await once(client, 'data');
      expect(String(greeting)).toBe('RFB 003.008\n');
      client.write('RFB 003.008\n');
      const [types] = await once(client, 'data');
      expect([...types]).toEqual([1, 1]);
    });
  },
);

describeWith('Xvnc', 'a real Xvnc', () => {
  test('that has locked out this client is reported as rfb.lockedOut', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-xvnc-'));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const display = await startXvnc(folder, ['-BlacklistThreshold', '1']);
    const target = { host: '127.0.0.1' as IpAddress, port: (5900 + display) as Port };
    const options = { mayAsk: false, timeoutMs: 20_000, signal: new AbortController().signal };
    const open = () =>
      openForward(
        { ...options, route: { kind: 'direct', target }, listen: { kind: 'tcp', port: 0 } },
        { environment: process.env, platform: process.platform },
      );
    await (await open()).close();
    await expect(open()).rejects.toMatchObject({
      code: 'rfb.lockedOut',
      details: { reason: 'Too many security failures' },
    });
  });
});

/** Starts an Xvnc without a password on a display that it picks itself, and returns the display number. */
async function startXvnc(folder: string, more: readonly string[] = []): Promise<number> {
  const options = [
    '-SecurityTypes',
    'None',
    '-localhost',
    '-geometry',
    '320x200',
    '-displayfd',
    '3',
    ...more,
  ];
  const xvnc = spawn(findReal('Xvnc') ?? '', options, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder },
  });
  closers.push(async () => {
    xvnc.kill('SIGTERM');
    if (xvnc.exitCode === null && xvnc.signalCode === null) await once(xvnc, 'exit');
  });
  const [line] = await once(createInterface(xvnc.stdio[3] as NodeJS.ReadableStream), 'line');
  return Number(line);
}
