import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import type { ForwardOptions } from '../../../src/transport/transport.js';
import { describeWith } from '../../helpers/real-components.js';
import { startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd } from '../../helpers/start-sshd.js';

const MEBIBYTE = 1024 * 1024;
const BLOCK = randomBytes(MEBIBYTE + 7);
const BLOCKS = 24;
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A desktop that sends chunks of many sizes, all with different content, then ends. */
async function startFlood() {
  const hash = createHash('sha256').update('RFB 003.008\n');
  function* pieces() {
    for (let block = 0; block < BLOCKS; block += 1) {
      BLOCK.writeUInt32BE(block, block * 997);
      for (let from = 0, size = 1; from < BLOCK.length; from += size, size = (size * 3) % 300_007) {
        const piece = Buffer.from(BLOCK.subarray(from, from + size));
        hash.update(piece);
        yield piece;
      }
    }
  }
  const greeter = await startRfbGreeter(
    'RFB 003.008\n',
    (socket) => void socket.once('data', () => Readable.from(pieces()).pipe(socket)),
  );
  closers.push(greeter.close);
  return { target: greeter.target, digest: () => hash.digest('hex') };
}

async function open(route: ForwardOptions['route'], environment: NodeJS.ProcessEnv) {
  const forward = await openForward(
    {
      route,
      listen: { kind: 'tcp', port: 0 },
      mayAsk: false,
      timeoutMs: 20_000,
      signal: new AbortController().signal,
      report: () => {},
    },
    { environment, platform: process.platform },
  );
  closers.push(forward.close);
  return forward;
}

/** Receives until the end, with pauses of some turns of the event loop. */
async function receive({ address }: Awaited<ReturnType<typeof open>>): Promise<string> {
  const socket = connect(address.kind === 'socket' ? { path: address.path } : address);
  closers.push(() => socket.destroy());
  const hash = createHash('sha256');
  let chunks = 0;
  socket.on('data', async (chunk) => {
    hash.update(chunk);
    chunks += 1;
    if (chunks === 1) socket.write('RFB 003.008\n');
    if (chunks % 50 !== 0) return;
    socket.pause();
    for (let turn = 0; turn < 400; turn += 1) await new Promise(setImmediate);
    socket.resume();
  });
  await once(socket, 'end');
  return hash.digest('hex');
}

test('bulk data arrives unchanged at a client that pauses repeatedly', async () => {
  const { target, digest } = await startFlood();
  const forward = await open({ kind: 'direct', target }, {});
  expect(await receive(forward)).toBe(digest());
});

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'through a real ssh', () => {
  test('bulk data arrives unchanged at a client that pauses repeatedly', async () => {
    const sshd = await startSshd();
    closers.push(sshd.close);
    const { target, digest } = await startFlood();
    const forward = await open({ kind: 'ssh', target, via: sshd.via }, { ...sshd.environment });
    expect(await receive(forward)).toBe(digest());
  });
});
