import { afterEach, describe, expect, test } from 'vitest';
import { openDesktop } from '../../../src/transport/desktop/open-desktop.js';
import {
  type DesktopStep,
  type ScriptedDesktop,
  startScriptedDesktop,
} from '../../helpers/scripted-desktop.js';
import { hear, hex, text } from '../../hostile/rfb-parts.js';

/** What the client sends after authentication, written by hand from RFC 6143 §7.3.1, §7.5.1, §7.5.2 and §7.5.3. */
const SHARED = '01';
const ASKING = [
  '00 000000 20 18 00 01 00ff 00ff 00ff 10 08 00 000000',
  '02 00 0005 00000010 00000001 00000000 ffffff21 ffffff20',
  '03 00 0000 0000 0003 0002',
].join(' ');

/** 3×2, the server's own format (16 bits, big-endian), name “abc” (§7.3.2). */
const SERVER_INIT = hex('0003 0002 10 10 01 01 001f 003f 001f 0b 05 00 000000 00000003 616263');

interface Golden {
  readonly title: string;
  readonly script: readonly DesktopStep[];
  /** Everything that the client sends. */
  readonly said: string;
  readonly password?: string;
}

/** Raw: blue, green, red and a padding byte for each pixel (§7.7.1). */
const RAW_UPDATE = hex(
  `00 00 0001  0000 0000 0003 0002 00000000
   030201ff 060504ff 09080700  0c0b0a12 0f0e0d34 12111056`,
);
const RAW_PIXELS = [0x010203, 0x040506, 0x070809, 0x0a0b0c, 0x0d0e0f, 0x101112];

const greeting = (version: string) => [text(`RFB 003.00${version}\n`), hear(12)];
const rest = [hear(1), SERVER_INIT, hear(54), RAW_UPDATE];
const versionOf = (version: string) => `52464220 3030332e 30303${version}0a`;

/** Challenge and response of VNC authentication with the password “secret”, from `openssl enc -des-ede3`. */
const CHALLENGE = '000102030405060708090a0b0c0d0e0f';
const RESPONSE = 'ee22539f33a5983ec12f9c2edbc995dd';

const HANDSHAKES: readonly Golden[] = [
  {
    title: '3.8 without a password',
    script: [...greeting('8'), hex('02 10 01'), hear(1), hex('00000000'), ...rest],
    said: `${versionOf('8')} 01 ${SHARED} ${ASKING}`,
  },
  {
    title: '3.7 without a password, which sends no SecurityResult',
    script: [...greeting('7'), hex('01 01'), hear(1), ...rest],
    said: `${versionOf('7')} 01 ${SHARED} ${ASKING}`,
  },
  {
    title: '3.3 without a password, where the server chooses the security type',
    script: [...greeting('3'), hex('00000001'), ...rest],
    said: `${versionOf('3')} ${SHARED} ${ASKING}`,
  },
  {
    title: '3.8 with a password',
    script: [
      ...greeting('8'),
      hex('02 01 02'),
      hear(1),
      hex(CHALLENGE),
      hear(16),
      hex('00000000'),
      ...rest,
    ],
    said: `${versionOf('8')} 02 ${RESPONSE} ${SHARED} ${ASKING}`,
    password: 'secret',
  },
  {
    title: '3.3 with a password',
    script: [...greeting('3'), hex('00000002'), hex(CHALLENGE), hear(16), hex('00000000'), ...rest],
    said: `${versionOf('3')} ${RESPONSE} ${SHARED} ${ASKING}`,
    password: 'secret',
  },
];

let desktop: ScriptedDesktop;
afterEach(() => desktop.close());

describe.each([
  ['whole messages', false],
  ['one byte at a time', true],
])('when the server sends %s', (_title, oneByteAtATime) => {
  test.each(HANDSHAKES)('the handshake succeeds in $title', async ({ script, said, password }) => {
    desktop = await startScriptedDesktop(script, { oneByteAtATime });
    const { pixels, ...greeted } = await capture(password);
    expect(greeted).toMatchObject({ widthPx: 3, heightPx: 2, desktopName: 'abc' });
    expect(pixels).toEqual(RAW_PIXELS);
    expect(desktop.heard()).toEqual(hex(said));
  });

  test.each(pictures())('the client decodes $title', async ({ update, pixels }) => {
    const script = [...greeting('8'), hex('01 01'), hear(1), hex('00000000'), hear(1)];
    desktop = await startScriptedDesktop([...script, SERVER_INIT, hear(54), update], {
      oneByteAtATime,
    });
    expect((await capture(undefined)).pixels).toEqual(pixels);
  });
});

/** Pictures of 3×2, where `1` is 0x000001 and so on. The zlib streams are stored blocks (RFC 1951 §3.2.4), made by hand. */
function pictures() {
  const zrle = (area: string, tiles: string) => {
    const data = hex(tiles);
    const stored = Buffer.alloc(5);
    stored.writeUInt16LE(data.length, 1);
    stored.writeUInt16LE(data.length ^ 0xffff, 3);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length + 7);
    return Buffer.concat([hex(`${area} 00000010`), length, hex('78 01'), stored, data]);
  };
  const update = (...rectangles: readonly Buffer[]) =>
    Buffer.concat([hex(`00 00 000${rectangles.length}`), ...rectangles]);
  const ALL = '0000 0000 0003 0002';
  const one = (tiles: string) => update(zrle(ALL, tiles));
  return [
    {
      title: 'a raw tile',
      update: one('00 010000 020000 030000 040000 050000 060000'),
      pixels: [1, 2, 3, 4, 5, 6],
    },
    { title: 'the CPIXEL byte order', update: one('01 010203'), pixels: Array(6).fill(0x030201) },
    {
      title: 'two colours, one bit each, rows padded',
      update: one('02 010000 020000 a0 40'),
      pixels: [2, 1, 2, 1, 2, 1],
    },
    {
      title: 'four colours, two bits each, rows padded',
      update: one('04 010000 020000 030000 040000 1b e4'),
      pixels: [1, 2, 3, 4, 3, 2],
    },
    {
      title: 'five colours, four bits each, rows padded',
      update: one('05 010000 020000 030000 040000 050000 0120 3410'),
      pixels: [1, 2, 3, 4, 5, 2],
    },
    { title: 'RLE', update: one('80 010000 00 020000 03 030000 00'), pixels: [1, 2, 2, 2, 2, 3] },
    {
      title: 'palette RLE',
      update: one('82 010000 020000 00 81 03 00'),
      pixels: [1, 2, 2, 2, 2, 1],
    },
    {
      title: 'CopyRect of overlapping rows downwards',
      update: update(
        hex('0000 0000 0003 0001 00000000 01000000 02000000 03000000'),
        hex('0000 0001 0003 0001 00000001 0000 0000'),
      ),
      pixels: [1, 2, 3, 1, 2, 3],
    },
    {
      title: 'CopyRect of overlapping columns to the right',
      update: update(
        hex(`${ALL} 00000000 01000000 02000000 03000000 04000000 05000000 06000000`),
        hex('0001 0000 0002 0002 00000001 0000 0000'),
      ),
      pixels: [1, 1, 2, 4, 4, 5],
    },
    {
      title: 'CopyRect of rows upwards',
      update: update(
        hex(`${ALL} 00000000 01000000 02000000 03000000 04000000 05000000 06000000`),
        hex('0000 0000 0003 0001 00000001 0000 0001'),
      ),
      pixels: [4, 5, 6, 4, 5, 6],
    },
  ];
}

async function capture(password: string | undefined) {
  const opened = await openDesktop(
    {
      route: { kind: 'direct', target: desktop.target },
      mayAsk: false,
      timeoutMs: 15_000,
      signal: new AbortController().signal,
      password,
    },
    process.env,
  );
  try {
    const { pixels } = await opened.captureFrame(15_000);
    return { ...opened, pixels: [...pixels] };
  } finally {
    await opened.close();
  }
}
