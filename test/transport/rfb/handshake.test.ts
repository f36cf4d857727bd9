import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createByteReader } from '../../../src/transport/rfb/byte-reader.js';
import { chooseVersion, shakeHands } from '../../../src/transport/rfb/handshake.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import { hex, join, serverInit, spoken, text, u32, zeros } from '../../hostile/rfb-parts.js';

const TARGET = '127.0.0.1:5901';
/** Marks, in the recorded messages of the client, when `onSecured` was called. */
const SECURED = '|';

/** VNC authentication challenge and the response for the password “secret” (§7.2.2), from `openssl enc -des-ede3`. */
const challenge = hex('000102030405060708090a0b0c0d0e0f');
const RESPONSE = 'ee22539f33a5983ec12f9c2edbc995dd';

/** Runs the handshake with a server that sends all of `said` unconditionally; also returns what the server receives. */
async function greet(said: Buffer, password?: string) {
  const heard: string[] = [];
  const incoming = new PassThrough();
  incoming.end(said);
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      heard.push(chunk.toString('hex'));
      done();
    },
  });
  const outcome = await shakeHands({
    stream,
    reader: createByteReader(incoming, TARGET),
    target: TARGET,
    password,
    onSecured: () => void heard.push(SECURED),
  }).catch((error) => error);
  return { outcome, heard: heard.slice(1).join(' '), spoken: heard[0] };
}

const greeting = (version: string) => text(`RFB 003.00${version}\n`);
const init = serverInit(8, 9);
const OK = u32(0);

describe('the handshake succeeds', () => {
  test.each([
    ['3.8 offers None', '8', join(hex('01 01'), OK), undefined, '01 | 01'],
    ['3.8 offers None and a password is set', '8', join(hex('01 01'), OK), 'secret', '01 | 01'],
    ['3.8 offers both', '8', join(hex('02 0102'), OK), undefined, '01 | 01'],
    [
      '3.8 offers both and a password is set',
      '8',
      join(hex('02 0102'), challenge, OK),
      'secret',
      `02 ${RESPONSE} | 01`,
    ],
    [
      '3.8 offers VNC authentication',
      '8',
      join(hex('01 02'), challenge, OK),
      'secret',
      `02 ${RESPONSE} | 01`,
    ],
    ['3.7 offers None', '7', hex('01 01'), undefined, '01 | 01'],
    [
      '3.7 offers VNC authentication',
      '7',
      join(hex('01 02'), challenge, OK),
      'secret',
      `02 ${RESPONSE} | 01`,
    ],
    ['3.3 chooses None', '3', u32(1), undefined, '| 01'],
    [
      '3.3 chooses VNC authentication',
      '3',
      join(u32(2), challenge, OK),
      'secret',
      `${RESPONSE} | 01`,
    ],
  ])('when %s (RFC 6143 §7.1.2, §7.1.3, §7.3.1)', async (_, version, security, password, heard) => {
    const said = join(greeting(version), security, init);
    const greeted = await greet(said, password);
    expect(greeted.outcome).toMatchObject({ widthPx: 8, heightPx: 9, desktopName: 'desk' });
    expect(greeted.heard).toBe(heard);
    expect(greeted.spoken).toBe(greeting(version).toString('hex'));
  });

  test.each([
    ['003.008', hex('03 10 01 02'), OK, [16, 1, 2]],
    ['003.889', hex('01 01'), OK, [1]],
    ['003.003', u32(1), zeros(0), [1]],
    ['003.005', u32(1), zeros(0), [1]],
  ])('and returns version %s and its types', async (version, types, result, securityTypes) => {
    const { outcome } = await greet(join(text(`RFB ${version}\n`), types, result, init));
    expect(outcome).toEqual({
      version,
      securityTypes,
      widthPx: 8,
      heightPx: 9,
      desktopName: 'desk',
    });
  });

  test.each([
    ['0 bytes', spoken(''), ''],
    ['Chinese characters', spoken(Buffer.from('桌面')), '桌面'],
    ['invalid UTF-8', spoken(hex('64 ff')), 'd\ufffd'],
    ['4 KiB', spoken('n'.repeat(4096)), 'n'.repeat(4096)],
    ['4 KiB and one byte', spoken('n'.repeat(4097)), 'n'.repeat(4096)],
    ['64 KiB', spoken('n'.repeat(65_536)), 'n'.repeat(4096)],
  ])('with a desktop name of %s (RFC 6143 §7.3.2)', async (_, name, desktopName) => {
    const { outcome } = await greet(join(greeting('7'), hex('01 01'), serverInit(8, 9, name)));
    expect(outcome).toMatchObject({ desktopName });
  });
});

describe('the handshake fails', () => {
  const refused = join(u32(1), spoken('no'));
  const tooMany = join(u32(2), spoken('slow down'));
  const locked = (reason: string) => ({
    code: 'rfb.lockedOut',
    details: { target: TARGET, reason },
  });
  const denied = { code: 'rfb.authFailed', details: { target: TARGET } };

  test.each([
    ['3.8 offers no security type', '8', join(hex('00'), spoken('full')), locked('full')],
    ['3.7 offers no security type', '7', join(hex('00'), spoken('full')), locked('full')],
    ['3.3 chooses security type 0', '3', join(u32(0), spoken('full')), locked('full')],
    ['3.8 rejects None', '8', join(hex('01 01'), refused), locked('no')],
    ['3.8 rejects the password', '8', join(hex('01 02'), challenge, refused), denied],
    ['3.7 rejects the password', '7', join(hex('01 02'), challenge, u32(1)), denied],
    ['3.3 rejects the password', '3', join(u32(2), challenge, u32(1)), denied],
    [
      '3.8 reports too many tries',
      '8',
      join(hex('01 02'), challenge, tooMany),
      locked('slow down'),
    ],
    [
      '3.7 reports too many tries',
      '7',
      join(hex('01 02'), challenge, u32(2)),
      locked('too many tries'),
    ],
    ['3.3 reports too many tries', '3', join(u32(2), challenge, u32(2)), locked('too many tries')],
  ])('when %s (RFC 6143 §7.1.2, §7.1.3)', async (_, version, security, failure) => {
    const { outcome, heard } = await greet(join(greeting(version), security), 'secret');
    expect(outcome).toMatchObject(failure);
    expect(heard).not.toContain(SECURED);
  });

  test.each([
    ['has version 3.2', text('RFB 003.002\n'), /^speaks version 003\.002$/],
    ['does not speak RFB', text('SSH-2.0-Open'), /^speaks version 2\.0-Ope$/],
    ['offers only unknown types', join(greeting('8'), hex('02 10 13')), /types: 16, 19$/],
    [
      'chooses an unknown type',
      join(greeting('3'), u32(16)),
      /^offers only unknown security types: 16$/,
    ],
    [
      'sends a reason of 4 KiB and one byte',
      join(greeting('8'), hex('00'), u32(4097)),
      /^announces a reason of 4097 bytes$/,
    ],
    [
      'sends a name of 64 KiB and one byte',
      join(greeting('7'), hex('01 01'), serverInit(8, 9, u32(65_537))),
      /^announces a name of 65537 bytes$/,
    ],
  ])('when the server %s', async (_, said, reason) => {
    const { outcome } = await greet(said, 'secret');
    expect(outcome).toBeInstanceOf(ProtocolError);
    expect(outcome.message).toMatch(reason);
  });

  test.each([0, 1, 4096])('with a reason of %i bytes', async (length) => {
    const reason = 'x'.repeat(length);
    const { outcome } = await greet(join(greeting('8'), hex('00'), spoken(reason)));
    expect(outcome).toMatchObject(locked(reason));
  });

  test.each([
    ['8', hex('01 02')],
    ['7', hex('01 02')],
    ['3', u32(2)],
  ])(
    'when 3.%s requires a password and none is set, without sending a response',
    async (version, types) => {
      const { outcome, heard } = await greet(join(greeting(version), types));
      expect(outcome).toMatchObject(denied);
      expect(heard).toBe('');
    },
  );
});

test.each([
  ['003.003', '3.3'],
  ['003.004', '3.3'],
  ['003.005', '3.3'],
  ['003.006', '3.3'],
  ['003.007', '3.7'],
  ['003.008', '3.8'],
  ['003.009', '3.8'],
  ['003.889', '3.8'],
  ['004.000', '3.8'],
  ['004.001', '3.8'],
  ['005.000', '3.8'],
  ['999.999', '3.8'],
  ['003.002', undefined],
  ['002.999', undefined],
  ['000.000', undefined],
  ['002.007', undefined],
  ['xxx.xxx', undefined],
  ['003.xxx', undefined],
  ['003', undefined],
  ['', undefined],
])('a server with version %s is answered with version %s', (greeted, version) => {
  expect(chooseVersion(greeted)).toBe(version);
});
