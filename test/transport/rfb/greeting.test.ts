import { getEventListeners, once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parseGreeting, readGreeting } from '../../../src/transport/rfb/greeting.js';
import { join, spoken, text, u32 } from '../../hostile/rfb-parts.js';

const never = new AbortController().signal;
const TARGET = '10.0.0.7:5904';

describe('parseGreeting', () => {
  test.each(['003.003', '003.007', '003.008', '003.889', '004.001', '999.999'])(
    'version %s is accepted',
    (version) => {
      expect(parseGreeting(Buffer.from(`RFB ${version}\n`), TARGET)).toBe(version);
    },
  );

  test.each(['', 'R', 'RFB ', 'RFB 003.008'])('%j is incomplete', (said) => {
    expect(parseGreeting(text(said), TARGET)).toBeUndefined();
  });

  test.each([
    ['SSH-2.0-OpenSSH_9.2\r\n', 'SSH-2.0-OpenSSH_9.2'],
    ['HTTP/1.1 400 Bad Request\r\nDate: now\r\n', 'HTTP/1.1 400 Bad Request'],
    ['220 mail.example.org ESMTP\r\n', '220 mail.example.org ESMTP'],
    ['rfb 003.008\n', 'rfb 003.008'],
    ['RFB 3.8\n\n\n\n\n', 'RFB 3.8'],
    ['RFB 003.008\r', 'RFB 003.008.'],
    ['RFC', 'RFC'],
    ['.RFB 003.008\n', '.RFB 003.008'],
    ['\x16\x03\x01\x02\x00', '.....'],
    ['\x1b]0;owned\x07\n', '.]0;owned.'],
    ['X'.repeat(61), 'X'.repeat(60)],
  ])('%j is not RFB', (said, received) => {
    expect(parseGreeting(text(said), TARGET)).toMatchObject({
      code: 'rfb.notRfb',
      details: { target: TARGET, received },
    });
  });

  /** Security type 0 of version 3.3 and a reason (RFC 6143 §7.1.2). */
  const refusal = (reason: string, length = reason.length, version = '003.003') =>
    join(text(`RFB ${version}\n`), u32(0), spoken(reason, length));

  test.each([
    ['a reason', refusal('Too many failures'), 'Too many failures'],
    ['an incomplete reason', refusal('Too', 17), 'Too'],
    ['extra bytes after the reason', refusal('Too many', 3), 'Too'],
    ['a reason of 301 bytes', refusal('x'.repeat(301)), 'x'.repeat(300)],
  ])('a lock-out in the same chunk as the greeting is reported: %s', (_, bytes, reason) => {
    expect(parseGreeting(bytes, TARGET)).toMatchObject({
      code: 'rfb.lockedOut',
      details: { target: TARGET, reason },
    });
  });

  test.each([
    ['an empty reason', refusal('')],
    ['an incomplete length', refusal('').subarray(0, -1)],
    ['another security type', join(text('RFB 003.003\n'), u32(1), spoken('reason'))],
    ['the security types of a later version', refusal('reason', 6, '003.008')],
  ])('a greeting followed by %s is left to the handshake', (_, bytes) => {
    expect(parseGreeting(bytes, TARGET)).toMatch(/^003\.00[38]$/);
  });
});

describe('readGreeting', () => {
  const bytesOf = (words: string) => [...words].map(text);

  test('leaves the stream unread', async () => {
    const stream = new PassThrough();
    stream.write('RFB 003.008\nand more');
    expect(await readGreeting(stream, TARGET, never)).toBe('003.008');
    stream.end();
    expect((await stream.toArray()).join('')).toBe('RFB 003.008\nand more');
  });

  test('accepts a greeting that arrives byte by byte', async () => {
    const stream = Duplex.from(bytesOf('RFB 003.008\n')) as Duplex;
    expect(await readGreeting(stream, TARGET, never)).toBe('003.008');
    expect((await stream.toArray()).join('')).toBe('RFB 003.008\n');
  });

  test.each(['', 'RFB 003.0'])('rejects with tunnel.lost on a close after %j', async (said) => {
    const stream = Duplex.from(bytesOf(said)) as Duplex;
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({
      code: 'tunnel.lost',
      details: { target: TARGET, reason: 'closed before the RFB greeting' },
    });
  });

  test.each(['', 'RFB 003.0'])('rejects after an earlier end with %j', async (said) => {
    const stream = new PassThrough();
    stream.end(said);
    await new Promise(setImmediate);
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({
      code: 'tunnel.lost',
    });
  });

  test.each(['', 'RFB 003.0'])(
    'rejects with tunnel.lost on a half-close of the server after %j',
    async (said) => {
      const stream = new Duplex({ read: () => {} });
      const reading = readGreeting(stream, TARGET, never);
      if (said !== '') stream.push(said);
      await new Promise(setImmediate);
      stream.push(null);
      await expect(reading).rejects.toMatchObject({ code: 'tunnel.lost' });
    },
  );

  test('rejects with tunnel.lost when the stream is destroyed', async () => {
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, never);
    stream.destroy();
    await expect(reading).rejects.toMatchObject({ code: 'tunnel.lost' });
  });

  test('rejects data other than RFB while the stream is still open', async () => {
    const stream = new PassThrough();
    stream.write('SSH-2.0-OpenSSH_9.2\r\n');
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({ code: 'rfb.notRfb' });
  });

  test('passes on a stream error, also one from before the call', async () => {
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, never);
    stream.destroy(new Error('ssh is gone'));
    await expect(reading).rejects.toThrow('ssh is gone');
    await expect(readGreeting(stream, TARGET, never)).rejects.toThrow('ssh is gone');
  });

  test('passes on a stream error that follows a readable event', async () => {
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, never);
    stream.emit('readable');
    stream.destroy(new Error('ssh is gone'));
    await expect(reading).rejects.toThrow('ssh is gone');
  });

  test('removes all its listeners', async () => {
    const { signal } = new AbortController();
    const stream = new PassThrough();
    const before = stream.eventNames();
    const reading = readGreeting(stream, TARGET, signal);
    for (const byte of bytesOf('RFB 003.008\n')) {
      stream.write(byte);
      await new Promise(setImmediate);
    }
    await reading;
    expect(stream.eventNames()).toEqual(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('rejects with the reason of the signal when the server is silent', async () => {
    const controller = new AbortController();
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, controller.signal);
    controller.abort(new Error('too slow'));
    await expect(reading).rejects.toThrow('too slow');
    expect(stream.listenerCount('error')).toBe(0);
    stream.destroy();
    await once(stream, 'close');
  });
});
