import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Duplex, duplexPair } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { joinStreams } from '../../../src/transport/forward/join-streams.js';

const MEBIBYTE = 1024 * 1024;
const opened: Duplex[] = [];

afterEach(() => {
  for (const stream of opened.splice(0)) stream.destroy();
});

/** A client and a server, connected by two joined streams. */
function join(flushMs?: number): {
  client: Duplex;
  server: Duplex;
  ours: Duplex[];
  joined: Promise<void>;
} {
  const [client, first] = duplexPair();
  const [server, second] = duplexPair();
  const ours = [first, second];
  for (const stream of [client, server, ...ours]) opened.push(stream.on('error', () => {}));
  return { client, server, ours, joined: joinStreams(first, second, flushMs) };
}

async function readAll(stream: Duplex): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks);
}

test('bytes are transferred unchanged in both directions', async () => {
  const { client, server, joined } = join();
  const [up, down] = [randomBytes(MEBIBYTE), randomBytes(MEBIBYTE)];
  client.end(up);
  server.end(down);
  const [atServer, atClient] = await Promise.all([readAll(server), readAll(client)]);
  expect(atServer.equals(up)).toBe(true);
  expect(atClient.equals(down)).toBe(true);
  await joined;
});

test('one direction can end while the other one continues', async () => {
  const { client, server, joined } = join();
  client.end('question');
  expect((await readAll(server)).toString()).toBe('question');
  server.end('answer');
  expect((await readAll(client)).toString()).toBe('answer');
  await joined;
});

test.each(['client', 'server'] as const)(
  'a stalled reader stops the other side: %s',
  async (stalled) => {
    const { client, server, ours } = join();
    const [reader, writer] = stalled === 'client' ? [client, server] : [server, client];
    reader.pause();
    let accepted = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const write = () =>
      writer.write(chunk, () => {
        accepted += chunk.length;
        if (accepted < 100 * MEBIBYTE) write();
      });
    write();
    // These streams make progress at once or not at all: no progress in one turn of the event loop is final.
    for (let before = -1; before !== accepted; ) {
      before = accepted;
      await new Promise(setImmediate);
    }
    const waiting = ours.map((stream) => stream.readableLength + stream.writableLength);
    expect(Math.max(...waiting)).toBeLessThan(MEBIBYTE);
    expect(accepted).toBeLessThan(MEBIBYTE);
  },
);

test('received data is delivered completely even if its source is closed by then', async () => {
  const { client, server, ours, joined } = join();
  const words = randomBytes(200 * 1024);
  server.end(words);
  // The source closes as soon as its end was read, long before the client reads the first byte.
  await once(ours[1] as Duplex, 'end');
  ours[1]?.destroy();
  expect((await readAll(client)).equals(words)).toBe(true);
  await joined;
});

test('a stalled stream is closed after flushMs when the other one is closed', async () => {
  const { client, ours, joined } = join(50);
  const [first, second] = ours as [Duplex, Duplex];
  // The server does not read.
  client.end('last words');
  await once(first, 'end');
  first.destroy();
  await joined;
  expect(second.writableFinished).toBe(false);
});

test.each([0, 1])('when stream %i breaks, the other is closed', async (broken) => {
  const { ours, joined } = join();
  ours[broken]?.destroy(new Error('reset'));
  await joined;
  expect(ours.every((stream) => stream.closed)).toBe(true);
});

test('a stream that is already closed closes the other one', async () => {
  const [, first] = duplexPair();
  const [, second] = duplexPair();
  first.destroy();
  await once(first, 'close');
  await joinStreams(first, second);
  expect(second.closed).toBe(true);
});
