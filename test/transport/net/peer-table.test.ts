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
  ['IPv6 rows have IPv4-mapped addresses', [row(MAPPED + PEER_END, MAPPED + OWN_END, 1000)], 1000],
  [
    'an IPv6 address with the same last 32 bits does not match',
    [row(OTHER_NET + PEER_END, OTHER_NET + OWN_END, 1000)],
    'gone',
  ],
  ['our own end alone means a remote peer', [row(OWN_END, PEER_END, 1000)], 'unlisted'],
  ['our own end alone, no longer established', [row(OWN_END, PEER_END, 1000, 1, '08')], 'gone'],
  [
    'the same port in another connection does not match',
    [row(PEER_END, '0100007F:1771', 1000)],
    'gone',
  ],
  [
    'another peer address with the same port does not match',
    [row('0200007F:B1C2', OWN_END, 1000)],
    'gone',
  ],
  [
    'another local address with the same port does not match',
    [row(PEER_END, '0200007F:1770', 1000)],
    'gone',
  ],
  [
    'a socket without a process (inode 0) has no owner',
    [row(OWN_END, PEER_END, 0), row(PEER_END, OWN_END, 0, 0)],
    'gone',
  ],
  ['an empty table', [], 'gone'],
  ['lines in another format', ['what', 'is this'], 'gone'],
] as const)('%s', (_title, rows, peer) => {
  expect(lookUp(rows)).toBe(peer);
});

test('addresses are decoded in big-endian byte order', () => {
  expect(lookUp([row('7F000001:B1C2', '7F000001:1770', 1000)], PEER, 'BE')).toBe(1000);
  const mapped = '00000000000000000000FFFF';
  const rows = [row(`${mapped}7F000001:B1C2`, `${mapped}7F000001:1770`, 1000)];
  expect(lookUp(rows, PEER, 'BE')).toBe(1000);
});

test('a peer may use any address in 127.0.0.0/8', () => {
  const rows = [row('0302017F:B1C2', OWN_END, 1000)];
  expect(lookUp(rows, { ...PEER, address: '127.1.2.3' })).toBe(1000);
});

describe.runIf(process.platform === 'linux')('the table of the running kernel', () => {
  test('lists each new connection and drops it once it is closed', async () => {
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

/** One pending read per call, which the test settles. */
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

test('simultaneous callers share one read', async () => {
  const { read, ends, hasBegun } = openReads();
  const ask = coalesceReads(read);
  const answers = [ask(), ask(), ask()];
  await hasBegun(1);
  ends[0]?.resolve(7);
  expect(await Promise.all(answers)).toEqual([7, 7, 7]);
});

test('callers during a read share the next one, which starts after it', async () => {
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

test('a failed read rejects only its own callers; the next read still runs', async () => {
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
