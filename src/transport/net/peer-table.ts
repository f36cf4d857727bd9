import { type FileHandle, open } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { endianness } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** One end of an IPv4 TCP connection. */
export interface SocketEnd {
  readonly address: string;
  readonly port: number;
}

/**
 * Who holds the other end of a connection: the uid of a user; `unlisted` while our own end is established and the other
 * one is not on this machine; `gone` when it has been given up or is not known.
 */
export type Peer = number | 'unlisted' | 'gone';

/** The kernel's list of TCP connections with their users (proc_pid_net(5)). Linux only. */
export interface PeerTable {
  /** Reads the table, once for all who ask meanwhile. @throws the system's error */
  find(peer: SocketEnd, own: SocketEnd): Promise<Peer>;
  /** Safe to call twice; later reads fail. */
  close(): Promise<void>;
}

/** A row for each connection: the ends in the kernel's notation, the row's own end first. */
export type PeerIndex = Map<
  string,
  { readonly uid: number; readonly isHeld: boolean; readonly isOpen: boolean }
>;

type ByteOrder = 'LE' | 'BE';

/** Not `/proc/net`, which a /proc mounted with `subset=pid` hides (proc(5)). */
const TABLE = '/proc/self/net/tcp';
/** The kernel hands out a page at a time; a larger one would be indexed in one turn of the event loop. */
const PIECE_BYTES = 64 * 1024;
/** TCP_ESTABLISHED in the kernel's include/net/tcp_states.h. */
const ESTABLISHED = '01';

/**
 * Opens the table and keeps it open, so that it can be read when this process may open no further file; the caller closes
 * it.
 *
 * @throws the system's error, such as ENOENT where there is no /proc.
 */
export async function openPeerTable(): Promise<PeerTable> {
  const handles = [await open(TABLE)];
  try {
    handles.push(await open(`${TABLE}6`));
  } catch (error) {
    // Without IPv6 in the kernel there is no such file, and no such connection either.
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
    async find(peer, own) {
      ownEnds.add(formatEnd(own));
      return findPeer(await read(), peer, own);
    },
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
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let rest = '';
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const lines = (rest + piece.toString('latin1', 0, bytesRead)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (ownEnds.some((end) => line.includes(end))) addRow(line, index);
    }
  }
}

/** Adds a line of `/proc/net/tcp` or `/proc/net/tcp6`; one that is no row adds nothing. */
export function addRow(line: string, index: PeerIndex, byteOrder: ByteOrder = endianness()): void {
  const [, local, remote, state, , , , uid, , inode] = line.trim().split(/\s+/);
  if (local === undefined || remote === undefined || inode === undefined) return;
  // An IPv6 socket that speaks IPv4 shows mapped addresses (RFC 4291 §2.5.5.2).
  const mapped = byteOrder === 'LE' ? '0000000000000000FFFF0000' : '00000000000000000000FFFF';
  const [own, other] = [local, remote].map((end) => (end.startsWith(mapped) ? end.slice(24) : end));
  // A socket that its process has given up is listed under uid 0 with inode 0.
  const row = { uid: Number(uid), isHeld: inode !== '0', isOpen: state === ESTABLISHED };
  index.set(`${own} ${other}`, row);
}

/** Looks both ends of a connection up; pure. */
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

/** As the kernel prints it: the address as a 32-bit word in the order of the machine. */
function formatEnd({ address, port }: SocketEnd, byteOrder: ByteOrder = endianness()): string {
  if (!isIPv4(address)) throw new RangeError(`not an IPv4 address: ${address}`);
  const bytes = Buffer.from(address.split('.').map(Number));
  const word = (byteOrder === 'LE' ? bytes.reverse() : bytes).toString('hex');
  return `${word}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/**
 * Lets one read serve all who asked before it began; who asks while one runs waits for the next, and so never gets an
 * answer older than the question. After each read there is a pause of the same length, so that connections in quick
 * succession cost at most half of one processor, however long the table is.
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
