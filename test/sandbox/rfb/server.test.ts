import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { encryptVncDes } from '../../../src/model/vnc-des.js';
import type { Desktop, DesktopOptions } from '../../../src/sandbox/desktop.js';
import { startRfbServer } from '../../../src/sandbox/rfb/server.js';
import { drawTestCard } from '../../../src/sandbox/rfb/test-card.js';
import { connectRfb, type RfbTestClient } from '../rfb-test-client.js';

const WIDTH_PX = 40;
const HEIGHT_PX = 30;
const PIXELS = WIDTH_PX * HEIGHT_PX;
const ALL = '0000 0000 0028 001e';

let desktops: Desktop[] = [];
let clients: RfbTestClient[] = [];
afterEach(async () => {
  for (const { socket } of clients) socket.destroy();
  await Promise.all(desktops.map((desktop) => desktop.close()));
  [desktops, clients] = [[], []];
});

async function startServer(options: Partial<DesktopOptions> = {}): Promise<Desktop> {
  const desktop = await startRfbServer({
    widthPx: WIDTH_PX,
    heightPx: HEIGHT_PX,
    vncPassword: undefined,
    signal: new AbortController().signal,
    onClientsChanged: () => {},
    ...options,
  });
  desktops.push(desktop);
  return desktop;
}

async function connectTo(desktop: Desktop, options = {}): Promise<RfbTestClient> {
  const client = await connectRfb(5900 + desktop.display, options);
  clients.push(client);
  return client;
}

/** Version, security type None, result, ClientInit; returns ServerInit. */
async function shakeHands(client: RfbTestClient): Promise<Buffer> {
  await client.hear(12);
  await client.sayText('RFB 003.008\n');
  await client.hear(2);
  await client.say('01');
  await client.hear(4);
  await client.say('01');
  return client.hear(24 + 'hpc-desk sandbox'.length);
}

test('listens on port 5900 + display', async () => {
  const desktop = await startServer();
  const client = await connectTo(desktop);
  expect(client.socket.remotePort).toBe(5900 + desktop.display);
});

describe.each([{ oneByteAtATime: false }, { oneByteAtATime: true }])('with %o', (way) => {
  test('the handshake has the bytes of RFC 6143', async () => {
    const client = await connectTo(await startServer(), way);
    expect((await client.hear(12)).toString()).toBe('RFB 003.008\n');
    await client.sayText('RFB 003.008\n');
    expect((await client.hear(2)).toString('hex')).toBe('0101');
    await client.say('01');
    expect((await client.hear(4)).toString('hex')).toBe('00000000');
    await client.say('01');
    expect((await client.hear(40)).toString('hex')).toBe(
      '0028001e' +
        '2018000100ff00ff00ff100800000000' +
        '00000010' +
        Buffer.from('hpc-desk sandbox').toString('hex'),
    );
  });

  test('the pixels of the test card are sent, whatever messages precede the request', async () => {
    const client = await connectTo(await startServer(), way);
    await shakeHands(client);
    await client.say('02 00 0002 00000000 ffffff21');
    await client.say('04 01 0000 00000061');
    await client.say('05 00 0001 0002');
    await client.say('06 000000 00000003 616263');
    await client.say(`03 00 ${ALL}`);
    expect((await client.hear(16)).toString('hex')).toBe('00000001000000000028001e00000000');
    const pixels = await client.hear(PIXELS * 4);
    const card = drawTestCard(WIDTH_PX, HEIGHT_PX);
    expect(Array.from({ length: PIXELS }, (_, index) => pixels.readUInt32LE(index * 4))).toEqual([
      ...card.pixels,
    ]);
  });
});

test.each([
  ['8 bits', '08080001 0007 0007 0003 000306 000000', 1, 'ff', '07'],
  ['16 bits, big-endian', '10100101 001f 003f 001f 0b0500 000000', 2, 'ffff', 'f800'],
  ['32 bits, big-endian', '20180101 00ff 00ff 00ff 100800 000000', 4, '00ffffff', '00ff0000'],
])('a client that requests %s gets them', async (_, format, bytes, white, red) => {
  const client = await connectTo(await startServer());
  await shakeHands(client);
  await client.say(`00 000000 ${format}`);
  await client.say(`03 00 ${ALL}`);
  await client.hear(16);
  const pixels = await client.hear(PIXELS * bytes);
  const at = (index: number) => pixels.subarray(index * bytes, (index + 1) * bytes).toString('hex');
  expect([at(0), at(WIDTH_PX + 27)]).toEqual([white, red]);
});

test('a requested area is clipped to the framebuffer', async () => {
  const client = await connectTo(await startServer());
  await shakeHands(client);
  await client.say('03 00 0026 001d 0064 0064');
  expect((await client.hear(16)).toString('hex')).toBe('000000010026001d0002000100000000');
  expect(await client.hear(2 * 4)).toHaveLength(8);
});

test('the first incremental request is answered, later ones are not, because nothing changes', async () => {
  const client = await connectTo(await startServer());
  await shakeHands(client);
  await client.say(`03 01 ${ALL}`);
  await client.hear(16 + PIXELS * 4);
  await client.say(`03 01 ${ALL}`);
  await client.say('03 00 0000 0000 0001 0001');
  // The next bytes answer the last request: one pixel, not the whole screen.
  expect((await client.hear(20)).subarray(8, 12).toString('hex')).toBe('00010001');
  expect(client.hearsNothing()).toBe(true);
});

test('a client that does not read does not block another one', async () => {
  const desktop = await startServer({ widthPx: 4000, heightPx: 2000 });
  const lazy = await connectTo(desktop);
  await shakeHands(lazy);
  lazy.socket.pause();
  await lazy.say('03 00 0000 0000 0fa0 07d0');
  const eager = await connectTo(desktop);
  await shakeHands(eager);
  await eager.say('03 00 0000 0000 0001 0001');
  expect(await eager.hear(20)).toHaveLength(20);
});

test.each([
  ['an unknown message', 'ff'],
  ['a colour map', '00 000000 08080000 0007 0007 0003 000306 000000'],
  ['a clipboard of 4 GiB', '06 000000 ffffffff'],
])('%s closes the connection', async (_, hex) => {
  const client = await connectTo(await startServer());
  await shakeHands(client);
  await client.say(hex);
  expect(await client.hearAll()).toHaveLength(0);
});

test('a security type that was not offered is rejected with a reason', async () => {
  const client = await connectTo(await startServer());
  await client.hear(12);
  await client.sayText('RFB 003.008\n');
  await client.hear(2);
  await client.say('02');
  expect((await client.hearAll()).toString('latin1')).toBe(
    '\0\0\0\x01\0\0\0\x15no such security type',
  );
});

describe('with a password', () => {
  const answer = async (password: string) => {
    const client = await connectTo(await startServer({ vncPassword: 'secret' }));
    await client.hear(12);
    await client.sayText('RFB 003.008\n');
    expect((await client.hear(2)).toString('hex')).toBe('0102');
    await client.say('02');
    const challenge = await client.hear(16);
    await client.say(encryptVncDes(Buffer.from(password), challenge).toString('hex'));
    return client;
  };

  test('the right response is accepted', async () => {
    const client = await answer('secret');
    expect((await client.hear(4)).toString('hex')).toBe('00000000');
  });

  test('a wrong response is rejected with a reason', async () => {
    const client = await answer('guess');
    expect((await client.hearAll()).toString('latin1')).toBe(
      '\0\0\0\x01\0\0\0\x15authentication failed',
    );
  });
});

test('onClientsChanged reports connects and disconnects', async () => {
  const counts: number[] = [];
  const { promise: gone, resolve } = deferred();
  const desktop = await startServer({
    onClientsChanged(count) {
      counts.push(count);
      if (count === 0) resolve();
    },
  });
  const client = await connectTo(desktop);
  await client.hear(12);
  client.socket.destroy();
  await gone;
  expect(counts).toEqual([1, 0]);
});

test('close disconnects the viewers and frees the port', async () => {
  const desktop = await startServer();
  const client = await connectTo(desktop);
  const cut = once(client.socket, 'close');
  await desktop.close();
  await cut;
  await expect(connectTo(desktop)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
