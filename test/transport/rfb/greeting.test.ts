import { once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { judgeGreeting, readGreeting } from '../../../src/transport/rfb/greeting.js';

const never = new AbortController().signal;
const TARGET = '10.0.0.7:5904';

describe('what a greeting says', () => {
  test.each(['003.003', '003.007', '003.008', '003.889', '004.001', '999.999'])(
    'version %s is accepted',
    (version) => {
      expect(judgeGreeting(Buffer.from(`RFB ${version}\n`), TARGET)).toBe(version);
    },
  );

  test.each(['', 'R', 'RFB ', 'RFB 003.008'])('%j is not yet enough to tell', (text) => {
    expect(judgeGreeting(Buffer.from(text), TARGET)).toBeUndefined();
  });

  test.each([
    ['SSH-2.0-OpenSSH_9.2\r\n', 'SSH-2.0-OpenSSH_9.2'],
    ['HTTP/1.1 400 Bad Request\r\nDate: now\r\n', 'HTTP/1.1 400 Bad Request'],
    ['220 mail.example.org ESMTP\r\n', '220 mail.example.org ESMTP'],
    ['rfb 003.008\n', 'rfb 003.008'],
    ['RFB 3.8\n\n\n\n\n', 'RFB 3.8'],
    ['RFB 003.008\r', 'RFB 003.008.'],
    ['RFC', 'RFC'],
    ['\x16\x03\x01\x02\x00', '.....'],
    ['\x1b]0;owned\x07\n', '.]0;owned.'],
    ['X'.repeat(100_000), 'X'.repeat(60)],
  ])('%j is not RFB', (text, received) => {
    expect(judgeGreeting(Buffer.from(text, 'latin1'), TARGET)).toMatchObject({
      code: 'rfb.notRfb',
      details: { target: TARGET, received },
    });
  });

  test('a server that has locked us out says so in the same breath', () => {
    const reason = 'Too many security failures';
    const refusal = Buffer.from(
      `RFB 003.003\n\0\0\0\0\0\0\0${String.fromCharCode(reason.length)}${reason}`,
    );
    expect(judgeGreeting(refusal, TARGET)).toMatchObject({
      code: 'rfb.lockedOut',
      details: { reason },
    });
  });
});

describe('reading a greeting', () => {
  const bytesOf = (text: string) => [...text].map((byte) => Buffer.from(byte));

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

  test.each(['', 'RFB 003.0'])('a server that closes after %j is lost', async (text) => {
    const stream = Duplex.from(bytesOf(text)) as Duplex;
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({
      code: 'tunnel.lost',
    });
  });

  test.each(['', 'RFB 003.0'])('so is one whose end came with %j', async (text) => {
    const stream = new PassThrough();
    stream.end(text);
    await new Promise(setImmediate);
    await expect(readGreeting(stream, TARGET, never)).rejects.toMatchObject({
      code: 'tunnel.lost',
    });
  });

  test('the error of the stream is passed on, whenever it came', async () => {
    const stream = new PassThrough();
    const reading = readGreeting(stream, TARGET, never);
    stream.destroy(new Error('ssh is gone'));
    await expect(reading).rejects.toThrow('ssh is gone');
    await expect(readGreeting(stream, TARGET, never)).rejects.toThrow('ssh is gone');
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
