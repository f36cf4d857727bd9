import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import type { Forward, ForwardOptions } from '../../../src/transport/transport.js';
import { describeWith, findReal } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';

const NOBODY = 65534;

describeWith(['setpriv', 'socat'], 'another user of this machine', () => {
  let greeter: RfbGreeter;
  let forward: Forward | undefined;

  beforeEach(async () => {
    greeter = await startRfbGreeter();
  });

  afterEach(async () => {
    await forward?.close();
    await greeter.close();
  });

  /** Where socat must go, and what it hears there as the user with that uid. */
  async function heard(listen: ForwardOptions['listen'], uid: number): Promise<string> {
    forward = await openForward(
      {
        route: { kind: 'direct', target: greeter.target },
        listen,
        mayAsk: false,
        timeoutMs: 5_000,
        signal: new AbortController().signal,
      },
      { environment: process.env, platform: process.platform },
    );
    const { address } = forward;
    const place =
      address.kind === 'socket'
        ? `UNIX-CONNECT:${address.path}`
        : `TCP:${address.host}:${address.port}`;
    // Reads until the other side closes or 12 bytes came, so that a greeting ends it at once.
    const listener = [
      `--reuid=${uid}`,
      `--regid=${uid}`,
      '--clear-groups',
      findReal('socat') ?? '',
      '-u',
      '-b12',
      `${place},readbytes=12`,
      'STDOUT',
    ];
    const child = spawn(findReal('setpriv') ?? '', listener, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (child.exitCode === null) await once(child, 'exit');
    return said + complaint;
  }

  const asRoot = test.skipIf(process.geteuid?.() !== 0);

  asRoot('hears nothing on our port', async () => {
    expect(await heard({ kind: 'tcp', port: 0 }, NOBODY)).toBe('');
    expect(greeter.accepted).toHaveLength(1);
  });

  asRoot('cannot open our socket', async () => {
    expect(await heard({ kind: 'socket' }, NOBODY)).toMatch(/Permission denied/);
  });

  asRoot.each([{ kind: 'tcp', port: 0 }, { kind: 'socket' }] as const)(
    'is shut out where we ourselves get in: %o',
    async (listen) => {
      expect(await heard(listen, 0)).toBe('RFB 003.008\n');
    },
  );
});
