import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  addRow,
  coalesceReads,
  findPeer,
  openPeerTable,
  type PeerIndex,
} from '../../../src/transport/net/peer-table.js';

const HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (local: string, remote: string, uid: number, inode = 4711, state = '01') =>
  `   7: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${uid}        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;

function lookUp(rows: readonly string[], peer = PEER, byteOrder: 'LE' | 'BE' = 'LE') {
  const index: PeerIndex = new Map();
  for (const line of [HEADER, ...rows, '']) addRow(line, index, byteOrder);
  return findPeer(index, peer, OWN, byteOrder);
}

const PEER = { address: '127.0.0.1', port: 0xb1c2 };
const OWN = { address: '127.0.0.1', port: 0x1770 };
const PEER_END = '0100007F:B1C2';
const OWN_END = '0100007F:1770';
const MAPPED = '0000000000000000FFFF0000';
const OTHER_NET = '00000000000000000000FF00';

test.each([
  [
    'the peer has a row of its own',
    [row(OWN_END, PEER_END, 0), row(PEER_END, OWN_END, 1000)],
    1000,
  ],
  ['the peer is root', [row(PEER_END, OWN_END, 0)], 0],
  ['an IPv6 socket shows mapped addresses', [row(MAPPED + PEER_END, MAPPED + OWN_END, 1000)], 1000],
  [
    'an IPv6 address that ends like ours is another one',
    [row(OTHER_NET + PEER_END, OTHER_NET + OWN_END, 1000)],
    'gone',
  ],
  ['our own end alone is a peer from elsewhere', [row(OWN_END, PEER_END, 1000)], 'unlisted'],
  ['our own end alone, no longer established', [row(OWN_END, PEER_END, 1000, 1, '08')], 'gone'],
  [
    'the same port in another connection is not the peer',
    [row(PEER_END, '0100007F:1771', 1000)],
    'gone',
  ],
  [
    'another address with the same port is not the peer',
    [row('0200007F:B1C2', OWN_END, 1000)],
    'gone',
  ],
  [
    'another address of ours with the same port is not our end',
    [row(PEER_END, '0200007F:1770', 1000)],
    'gone',
  ],
  [
    'a socket without a process belongs to nobody',
    [row(OWN_END, PEER_END, 0), row(PEER_END, OWN_END, 0, 0)],
    'gone',
  ],
  ['an empty table', [], 'gone'],
  ['a table of something else', ['what', 'is this'], 'gone'],
] as const)('%s', (_title, rows, peer) => {
  expect(lookUp(rows)).toBe(peer);
});

test('a machine of the other byte order prints the words the other way round', () => {
  expect(lookUp([row('7F000001:B1C2', '7F000001:1770', 1000)], PEER, 'BE')).toBe(1000);
  const mapped = '00000000000000000000FFFF';
  const rows = [row(`${mapped}7F000001:B1C2`, `${mapped}7F000001:1770`, 1000)];
  expect(lookUp(rows, PEER, 'BE')).toBe(1000);
});

test('a peer may use another address of the loopback network', () => {
  const rows = [row('0302017F:B1C2', OWN_END, 1000)];
  expect(lookUp(rows, { ...PEER, address: '127.1.2.3' })).toBe(1000);
});

describe.runIf(process.platform === 'linux')('the table of this kernel', () => {
  test('shows each new connection, read after read, and none once it is closed', async () => {
    const table = await openPeerTable();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const own = { address: '127.0.0.1', port };
    for (const localAddress of ['127.0.0.1', '127.0.0.9']) {
      const [client, accepted] = await Promise.all([
        connected(connect({ host: '127.0.0.1', port, localAddress })),
        once(server, 'connection').then(([socket]) => socket as Socket),
      ]);
      const peer = { address: localAddress, port: client.localPort ?? 0 };
      expect(await table.find(peer, own)).toBe(process.geteuid?.());
      const closed = new Promise((resolve) => accepted.on('error', () => {}).on('close', resolve));
      client.resetAndDestroy();
      await closed;
      expect(await table.find(peer, own)).toBe('gone');
    }
    server.close();
    await table.close();
    await expect(table.find(PEER, own)).rejects.toThrow(/closed/);
  });
});

async function connected(socket: Socket): Promise<Socket> {
  await once(socket, 'connect');
  return socket;
}

/** A read for each call, which ends when the test says so. */
function openReads() {
  const ends: { resolve(value: number): void; reject(error: Error): void }[] = [];
  const waiting: (() => void)[] = [];
  const read = () =>
    new Promise<number>((resolve, reject) => {
      ends.push({ resolve, reject });
      for (const wake of waiting.splice(0)) wake();
    });
  const hasBegun = async (count: number) => {
    while (ends.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    expect(ends).toHaveLength(count);
  };
  return { read, ends, hasBegun };
}

test('all who ask at once are served by one read', async () => {
  const { read, ends, hasBegun } = openReads();
  const ask = coalesceReads(read);
  const answers = [ask(), ask(), ask()];
  await hasBegun(1);
  ends[0]?.resolve(7);
  expect(await Promise.all(answers)).toEqual([7, 7, 7]);
});

test('who asks while a read runs gets the next one, which begins when that has ended', async () => {
  const { read, ends, hasBegun } = openReads();
  const ask = coalesceReads(read);
  const first = ask();
  await hasBegun(1);
  const later = [ask(), ask()];
  await hasBegun(1);
  ends[0]?.resolve(1);
  expect(await first).toBe(1);
  await hasBegun(2);
  ends[1]?.resolve(2);
  expect(await Promise.all(later)).toEqual([2, 2]);
});

test('a read that fails fails for those who share it, and the next is made all the same', async () => {
  const { read, ends, hasBegun } = openReads();
  const ask = coalesceReads(read);
  const first = ask();
  await hasBegun(1);
  const second = ask();
  ends[0]?.reject(new Error('no table'));
  await expect(first).rejects.toThrow('no table');
  await hasBegun(2);
  ends[1]?.resolve(2);
  expect(await second).toBe(2);
});
