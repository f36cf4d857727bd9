import { Duplex, PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { DeskError } from '../../../src/errors/desk-error.js';
import { createByteReader } from '../../../src/transport/rfb/byte-reader.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';

function open(maxBytes?: number) {
  const stream = new PassThrough();
  stream.on('error', () => {});
  return { stream, reader: createByteReader(stream, 'host:5901', maxBytes) };
}

/** Stays open for what we say when its other side has ended. */
const openByHalf = () => new Duplex({ read: () => {} });

test('bytes that come in pieces are read whole', async () => {
  const { stream, reader } = open();
  const reading = reader.read(4);
  for (const piece of ['a', 'bc', 'de']) stream.write(piece);
  expect(String(await reading)).toBe('abcd');
  expect(String(await reader.read(1))).toBe('e');
});

test('nothing is read at once', async () => {
  expect(await open().reader.read(0)).toHaveLength(0);
});

test('an end in the middle is a lost connection', async () => {
  const stream = openByHalf();
  const reading = createByteReader(stream, 'host:5901').read(4);
  stream.push('abc');
  await new Promise(setImmediate);
  stream.push(null);
  await expect(reading).rejects.toMatchObject({
    code: 'tunnel.lost',
    details: { target: 'host:5901' },
  });
});

test('an end before is one too', async () => {
  const { stream, reader } = open();
  stream.end();
  await expect(reader.read(1)).rejects.toMatchObject({
    code: 'tunnel.lost',
    details: { target: 'host:5901', reason: 'closed by the desktop' },
  });
});

test('an end that was told before a read is one for every read', async () => {
  const stream = openByHalf();
  const reader = createByteReader(stream, 'host:5901');
  stream.push(null);
  await expect(reader.read(1)).rejects.toMatchObject({ code: 'tunnel.lost' });
  await expect(reader.read(1)).rejects.toMatchObject({ code: 'tunnel.lost' });
});

test('an error between two reads is nobody else’s', () => {
  const stream = new PassThrough();
  createByteReader(stream, 'host:5901');
  expect(() => stream.emit('error', new Error('read ECONNRESET'))).not.toThrow();
});

test('destroying the stream ends a read', async () => {
  const { stream, reader } = open();
  const reading = reader.read(1);
  stream.destroy();
  await expect(reading).rejects.toMatchObject({ code: 'tunnel.lost' });
});

test('an error of ours is passed on', async () => {
  const { stream, reader } = open();
  const reading = reader.read(1);
  const failure = new DeskError('ssh.authFailed', { via: 'login', reason: 'denied' });
  stream.destroy(failure);
  await expect(reading).rejects.toBe(failure);
});

test('another error is the reason of a lost connection', async () => {
  const { stream, reader } = open();
  const reading = reader.read(1);
  stream.destroy(new Error('read ECONNRESET'));
  await expect(reading).rejects.toMatchObject({
    code: 'tunnel.lost',
    details: { reason: 'read ECONNRESET' },
  });
});

test('more than 64 KiB are skipped in pieces', async () => {
  const { stream, reader } = open();
  const skipping = reader.skip(200_000);
  stream.write(Buffer.alloc(200_000));
  stream.write('x');
  await skipping;
  expect(String(await reader.read(1))).toBe('x');
});

test('a connection may bring only so much', async () => {
  const { stream, reader } = open(10);
  stream.write(Buffer.alloc(20));
  await reader.read(8);
  await reader.read(2);
  await expect(reader.read(1)).rejects.toThrow('more than 10 bytes');
  await expect(reader.read(1)).rejects.toBeInstanceOf(ProtocolError);
});

test('64 KiB are read at once, and no more is asked for', async () => {
  const { stream, reader } = open();
  stream.write(Buffer.alloc(65_536));
  expect(await reader.read(65_536)).toHaveLength(65_536);
  await expect(reader.read(65_537)).rejects.toThrow('a read of 65537 bytes');
});
