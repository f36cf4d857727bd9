import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bridge, openBridge } from '../../../src/transport/bridge/open-bridge.js';
import { describeWith, findReal } from '../../helpers/real-components.js';

const NOBODY = 65534;
const PAGE = { name: '', target: '', sweepAt: '', viewOnly: false, fullScreen: false };

describeWith(['setpriv', 'curl'], 'another user of this machine', () => {
  let bridge: Bridge;

  beforeEach(async () => {
    const page = { ...PAGE, link: null, password: null };
    bridge = await openBridge({ port: 0, language: 'en', page, onClient: () => {} });
  });

  afterEach(() => bridge.close());

  /** The length of the response that curl, as the user with that uid, receives. */
  async function received(uid: number, ...argv: string[]): Promise<number> {
    const asUser = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
    const command = [findReal('curl') ?? '', '-sS', '--max-time', '10', ...argv];
    const { stdout } = await promisify(execFile)(findReal('setpriv') ?? '', [...asUser, ...command])
      // curl fails when the server sends no response.
      .catch((error: { readonly stdout: string }) => error);
    return stdout.length;
  }

  const asRoot = test.skipIf(process.geteuid?.() !== 0);

  asRoot('does not get the page, which the owner gets', async () => {
    const url = `http://127.0.0.1:${bridge.port}/`;
    expect(await received(NOBODY, url)).toBe(0);
    expect(await received(0, url)).toBeGreaterThan(500);
  });

  asRoot('cannot block the owner by opening many connections', async () => {
    const source = `
      const { connect } = require('node:net');
      let left = 0;
      const open = () => {
        const socket = connect(${bridge.port}, '127.0.0.1').on('error', () => {});
        socket.on('close', () => { left += 1; if (left === 200) console.log('full'); setImmediate(open); });
      };
      for (let count = 0; count < 100; count += 1) open();`;
    const stranger = spawn(findReal('setpriv') ?? '', [
      ...[`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
      ...[process.execPath, '-e', source],
    ]);
    await once(createInterface(stranger.stdout), 'line');
    for (let turn = 0; turn < 10; turn += 1) {
      // A new connection for each request.
      const headers = { connection: 'close' };
      const answer = await fetch(`http://127.0.0.1:${bridge.port}/`, { headers });
      expect((await answer.text()).length).toBeGreaterThan(500);
    }
    stranger.kill('SIGKILL');
    await once(stranger, 'exit');
  });

  asRoot('does not get a WebSocket, which the owner gets', async () => {
    const { origin } = new URL(bridge.issueLink());
    const headers = {
      ...{ Origin: origin, Connection: 'Upgrade', Upgrade: 'websocket' },
      ...{ 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Protocol': 'binary' },
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const lines = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const ask = ['-i', '--http1.1', '--max-time', '5', ...lines, `${origin}/desktop`];
    expect(await received(NOBODY, ...ask)).toBe(0);
    expect(await received(0, ...ask)).toBeGreaterThan(43);
  });
});
