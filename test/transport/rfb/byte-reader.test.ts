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

/** A half-open stream: the writable side stays open after the readable side has ended. */
const openByHalf = () => new Duplex({ read: () => {} });

test('a read collects bytes that arrive in several chunks', async () => {
  const { stream, reader } = open();
  const reading = reader.read(4);
  for (const piece of ['a', 'bc', 'de']) stream.write(piece);
  expect(String(await reading)).toBe('abcd');
  expect(String(await reader.read(1))).toBe('e');
});

test('a read of 0 bytes resolves at once', async () => {
  expect(await open().reader.read(0)).toHaveLength(0);
});

test('the end of the stream during a read rejects with tunnel.lost', async () => {
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

test('the end of the stream before any byte rejects with tunnel.lost', async () => {
  const { stream, reader } = open();
  stream.end();
  await expect(reader.read(1)).rejects.toMatchObject({
    code: 'tunnel.lost',
    details: { target: 'host:5901', reason: 'closed by the desktop' },
  });
});

test('every read after the end of the stream rejects with tunnel.lost', async () => {
  const stream = openByHalf();
  const reader = createByteReader(stream, 'host:5901');
  stream.push(null);
  await expect(reader.read(1)).rejects.toMatchObject({ code: 'tunnel.lost' });
  await expect(reader.read(1)).rejects.toMatchObject({ code: 'tunnel.lost' });
});

test('a stream error between two reads is not unhandled', () => {
  const stream = new PassThrough();
  createByteReader(stream, 'host:5901');
  expect(() => stream.emit('error', new Error('read ECONNRESET'))).not.toThrow();
});

test('destroying the stream rejects a pending read', async () => {
  const { stream, reader } = open();
  const reading = reader.read(1);
  stream.destroy();
  await expect(reading).rejects.toMatchObject({ code: 'tunnel.lost' });
});

test('a DeskError of the stream is passed on unchanged', async () => {
  const { stream, reader } = open();
  const reading = reader.read(1);
  const failure = new DeskError('ssh.authFailed', { via: 'login', reason: 'denied' });
  stream.destroy(failure);
  await expect(reading).rejects.toBe(failure);
});

test('any other stream error is the reason of tunnel.lost', async () => {
  const { stream, reader } = open();
  const reading = reader.read(1);
  stream.destroy(new Error('read ECONNRESET'));
  await expect(reading).rejects.toMatchObject({
    code: 'tunnel.lost',
    details: { reason: 'read ECONNRESET' },
  });
});

test('skip works for more than 64 KiB', async () => {
  const { stream, reader } = open();
  const skipping = reader.skip(200_000);
  stream.write(Buffer.alloc(200_000));
  stream.write('x');
  await skipping;
  expect(String(await reader.read(1))).toBe('x');
});

test('reads beyond the byte limit of a connection are rejected', async () => {
  const { stream, reader } = open(10);
  stream.write(Buffer.alloc(20));
  await reader.read(8);
  await reader.read(2);
  await expect(reader.read(1)).rejects.toThrow('more than 10 bytes');
  await expect(reader.read(1)).rejects.toBeInstanceOf(ProtocolError);
});

test('a read of 64 KiB works, a larger one is rejected', async () => {
  const { stream, reader } = open();
  stream.write(Buffer.alloc(65_536));
  expect(await reader.read(65_536)).toHaveLength(65_536);
  await expect(reader.read(65_537)).rejects.toThrow('a read of 65537 bytes');
});
