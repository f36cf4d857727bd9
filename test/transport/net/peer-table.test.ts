import { expect, test } from 'vitest';
import { findPeerUid } from '../../../src/transport/net/peer-table.js';

const HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (local: string, remote: string, uid: number, inode = 4711) =>
  `   7: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000 ${uid}        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;
const tableOf = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\n');

const peer = { address: '127.0.0.1', port: 0xb1c2, ourPort: 0x1770 };
const PEER = '0100007F:B1C2';
const OUR_END = '0100007F:1770';
const MAPPED = '0000000000000000FFFF0000';

test.each([
  ['the peer has a row of its own', tableOf(row(OUR_END, PEER, 0), row(PEER, OUR_END, 1000)), 1000],
  ['the peer is root', tableOf(row(PEER, OUR_END, 0)), 0],
  [
    'an IPv6 socket shows the mapped address',
    tableOf(row(MAPPED + PEER, MAPPED + OUR_END, 1000)),
    1000,
  ],
  ['our own end is not the peer', tableOf(row(OUR_END, PEER, 1000)), undefined],
  [
    'the same port in another connection is not the peer',
    tableOf(row(PEER, '0100007F:1771', 1000)),
    undefined,
  ],
  [
    'another address with the same port is not the peer',
    tableOf(row('0200007F:B1C2', OUR_END, 1000)),
    undefined,
  ],
  ['a socket without a process belongs to nobody', tableOf(row(PEER, OUR_END, 0, 0)), undefined],
  ['an empty table', '', undefined],
  ['a table of something else', 'what\nis this\n', undefined],
])('%s', (_title, table, uid) => {
  expect(findPeerUid(table, peer, 'LE')).toBe(uid);
});

test('a machine of the other byte order prints the words the other way round', () => {
  expect(findPeerUid(tableOf(row('7F000001:B1C2', '7F000001:1770', 1000)), peer, 'BE')).toBe(1000);
});

test('a peer may use another address of the loopback network', () => {
  const table = tableOf(row('0302017F:B1C2', OUR_END, 1000));
  expect(findPeerUid(table, { ...peer, address: '127.1.2.3' }, 'LE')).toBe(1000);
});
