import { getEventListeners, once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parseGreeting, readGreeting } from '../../../src/transport/rfb/greeting.js';
import { join, spoken, text, u32 } from '../../hostile/rfb-parts.js';

const never = new AbortController().signal;
const TARGET = '10.0.0.7:5904';

describe('what a greeting says', () => {
  test.each(['003.003', '003.007', '003.008', '003.889', '004.001', '999.999'])(
    'version %s is accepted',
    (version) => {
      expect(parseGreeting(Buffer.from(`RFB ${version}\n`), TARGET)).toBe(version);
    },
  );

  test.each(['', 'R', 'RFB ', 'RFB 003.008'])('%j is not yet enough to tell', (said) => {
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
    ['half a reason', refusal('Too', 17), 'Too'],
    ['more than its reason', refusal('Too many', 3), 'Too'],
    ['a reason of 301 bytes', refusal('x'.repeat(301)), 'x'.repeat(300)],
  ])('a server that has locked us out says so in the same breath, with %s', (_, bytes, reason) => {
    expect(parseGreeting(bytes, TARGET)).toMatchObject({
      code: 'rfb.lockedOut',
      details: { target: TARGET, reason },
    });
  });

  test.each([
    ['no reason', refusal('')],
    ['half a length', refusal('').subarray(0, -1)],
    ['another security type', join(text('RFB 003.003\n'), u32(1), spoken('reason'))],
    ['the list of a later version', refusal('reason', 6, '003.008')],
  ])('whether a greeting with %s locks us out is for the handshake to tell', (_, bytes) => {
    expect(parseGreeting(bytes, TARGET)).toMatch(/^003\.00[38]$/);
  });
});

describe('reading a greeting', () => {
  const bytesOf = (words: string) => [...words].map(text);

  test('the stream stays as if nothing had been read', async () => {
    const stream = new PassThrough();
    stream.write('RFB 003.008\nand more');
    expect(await readGreeting(stream, TARGET, never)).toBe('003.008');
    stream.end();
    expect((await stream.toArray()).join('')).toBe('RFB 003.008\nand more');
  });

  test('a greeting may come byte by byte', async () => {
    const stream = Duplex.from(bytesOf('RFB 003.008\n')) as Duplex;
    expect(await readGreeting(stream, TARGET, never)).toBe('003.008');
    expect((await stream.toArray()).join('')).toBe('RFB 003.008\n');
  });

  test.each(['', 'RFB 003.0'])('a server that closes after %j is lost', async (said) => {
    const stream = Duplex.from(bytesOf(said)) as Duplex;
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({
      code: 'tunnel.lost',
      details: { target: TARGET, reason: 'closed before the RFB greeting' },
    });
  });

  test.each(['', 'RFB 003.0'])('so is one whose end came with %j', async (said) => {
    const stream = new PassThrough();
    stream.end(said);
    await new Promise(setImmediate);
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({
      code: 'tunnel.lost',
    });
  });

  test.each(['', 'RFB 003.0'])(
    'so is one that stops speaking after %j and would listen on',
    async (said) => {
      const stream = new Duplex({ read: () => {} });
      const reading = readGreeting(stream, TARGET, never);
      if (said !== '') stream.push(said);
      await new Promise(setImmediate);
      stream.push(null);
      await expect(reading).rejects.toMatchObject({ code: 'tunnel.lost' });
    },
  );

  test('so is a stream that somebody destroys', async () => {
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, never);
    stream.destroy();
    await expect(reading).rejects.toMatchObject({ code: 'tunnel.lost' });
  });

  test('who says something else is not listened to any longer', async () => {
    const stream = new PassThrough();
    stream.write('SSH-2.0-OpenSSH_9.2\r\n');
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({ code: 'rfb.notRfb' });
  });

  test('the error of the stream is passed on, whenever it came', async () => {
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, never);
    stream.destroy(new Error('ssh is gone'));
    await expect(reading).rejects.toThrow('ssh is gone');
    await expect(readGreeting(stream, TARGET, never)).rejects.toThrow('ssh is gone');
  });

  test('an error between two looks is left for the next one', async () => {
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, never);
    stream.emit('readable');
    stream.destroy(new Error('ssh is gone'));
    await expect(reading).rejects.toThrow('ssh is gone');
  });

  test('nothing of a reading stays behind', async () => {
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

  test('silence lasts until the signal, whose reason is the error', async () => {
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
