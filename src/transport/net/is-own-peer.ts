import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { geteuid } from 'node:process';
import { findPeerUid } from './peer-table.js';
import { shareReading } from './share-reading.js';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * Whether the other end of an accepted loopback connection belongs to our own user, as the kernel's TCP table says.
 *
 * Only Linux has such a table; where there is none every peer counts as ours, and a Unix socket is the way to keep others
 * out.
 */
export async function isOwnPeer(socket: Socket): Promise<boolean> {
  const { remoteAddress: address, remotePort: port, localPort: ourPort } = socket;
  // A peer that has left already has no address; it is nobody to be served.
  if (address === undefined || port === undefined || ourPort === undefined) return false;
  const tables = await readTables();
  if (tables.length === 0) return true;
  return tables.some((table) => findPeerUid(table, { address, port, ourPort }) === geteuid?.());
}

/** The kernel walks over all the sockets of the machine for it: a storm of connections is judged by few readings. */
const readTables = shareReading(async () =>
  (await Promise.all(TABLES.map(readTable))).filter((table) => table !== undefined),
);

async function readTable(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'latin1');
  } catch {
    // Not Linux, or a machine without IPv6.
    return undefined;
  }
}
