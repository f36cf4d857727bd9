import { type FileHandle, open } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { endianness } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SocketEnd {
  readonly address: string;
  readonly port: number;
}

/**
 * Owner of the peer socket: its uid; `unlisted` when our end is established but the peer is not on this machine; `gone`
 * when the peer socket is orphaned or neither end is listed.
 */
export type Peer = number | 'unlisted' | 'gone';

/** One row per socket, keyed by `LOCAL REMOTE` in the kernel's notation. */
export type PeerIndex = Map<
  string,
  { readonly uid: number; readonly isHeld: boolean; readonly isOpen: boolean }
>;

type ByteOrder = 'LE' | 'BE';

/** Not `/proc/net`, which a /proc mounted with `subset=pid` hides (proc(5)). */
const TABLE = '/proc/self/net/tcp';
/** The kernel fills one page per read; a larger buffer would be indexed in one turn of the event loop. */
const CHUNK_BYTES = 64 * 1024;
/** TCP_ESTABLISHED in the kernel's include/net/tcp_states.h. */
const ESTABLISHED = '01';

export type PeerTable = Awaited<ReturnType<typeof openPeerTable>>;

/**
 * Opens the kernel's table of TCP sockets with their uids (proc_pid_net(5)) and keeps it open, so that reading needs no new
 * descriptor; the caller closes it. Linux only.
 *
 * @throws the system's error, such as ENOENT without /proc.
 */
export async function openPeerTable() {
  const handles = [await open(TABLE)];
  try {
    handles.push(await open(`${TABLE}6`));
  } catch (error) {
    // A kernel without IPv6 has no tcp6.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      await closeAll(handles);
      throw error;
    }
  }
  const ownEnds = new Set<string>();
  const read = coalesceReads(async () => {
    const index: PeerIndex = new Map();
    for (const handle of handles) await indexTable(handle, [...ownEnds], index);
    return index;
  });
  return {
    /** Reads the table; concurrent calls share one read. @throws the system's error */
    async find(peer: SocketEnd, own: SocketEnd) {
      ownEnds.add(formatEnd(own));
      return findPeer(await read(), peer, own);
    },
    /** Safe to call twice; later reads fail. */
    close: () => closeAll(handles),
  };
}

async function closeAll(handles: readonly FileHandle[]): Promise<void> {
  await Promise.all(handles.map((handle) => handle.close()));
}

async function indexTable(
  handle: FileHandle,
  ownEnds: readonly string[],
  index: PeerIndex,
): Promise<void> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest = '';
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const lines = (rest + chunk.toString('latin1', 0, bytesRead)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (ownEnds.some((end) => line.includes(end))) addRow(line, index);
    }
  }
}

/** Adds a line of `/proc/net/tcp` or `/proc/net/tcp6`; ignores the heading and blank lines. */
export function addRow(line: string, index: PeerIndex, byteOrder: ByteOrder = endianness()): void {
  const [, local, remote, state, , , , uid, , inode] = line.trim().split(/\s+/);
  if (local === undefined || remote === undefined || inode === undefined) return;
  // IPv4 over an IPv6 socket shows as IPv4-mapped addresses (RFC 4291 §2.5.5.2).
  const mapped = byteOrder === 'LE' ? '0000000000000000FFFF0000' : '00000000000000000000FFFF';
  const [own, other] = [local, remote].map((end) => (end.startsWith(mapped) ? end.slice(24) : end));
  // An orphaned socket is listed with uid 0 and inode 0.
  const row = { uid: Number(uid), isHeld: inode !== '0', isOpen: state === ESTABLISHED };
  index.set(`${own} ${other}`, row);
}

export function findPeer(
  index: PeerIndex,
  peer: SocketEnd,
  own: SocketEnd,
  byteOrder: ByteOrder = endianness(),
): Peer {
  const [far, near] = [formatEnd(peer, byteOrder), formatEnd(own, byteOrder)];
  const row = index.get(`${far} ${near}`);
  if (row !== undefined) return row.isHeld ? row.uid : 'gone';
  return index.get(`${near} ${far}`)?.isOpen === true ? 'unlisted' : 'gone';
}

/** The kernel's notation: the address as a 32-bit word in host byte order, then the port, in hexadecimal. */
function formatEnd({ address, port }: SocketEnd, byteOrder: ByteOrder = endianness()): string {
  if (!isIPv4(address)) throw new RangeError(`not an IPv4 address: ${address}`);
  const bytes = Buffer.from(address.split('.').map(Number));
  const word = (byteOrder === 'LE' ? bytes.reverse() : bytes).toString('hex');
  return `${word}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/**
 * Shares one read between all callers that asked before it started; later callers wait for the next, so no result is
 * older than its call. A pause as long as the read follows each, so that polling uses at most half of one processor
 * whatever the table's length.
 */
export function coalesceReads<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<Value> | undefined;
  const begin = () => {
    next = undefined;
    const startedAt = performance.now();
    const reading = read();
    const pause = () => sleep(performance.now() - startedAt);
    current = reading.then(pause, pause);
    return reading;
  };
  return () => {
    next ??= current.then(begin);
    return next;
  };
}
