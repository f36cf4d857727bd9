import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { geteuid, platform } from 'node:process';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { cannotListen } from './listen.js';
import { openPeerTable, type Peer, type PeerTable } from './peer-table.js';
import { openSocketpair } from './socketpair.js';

export interface PeerOptions {
  /** Serves everybody on this machine. */
  readonly allowAnyUser?: boolean | undefined;
  /**
   * Whether a client may be served now that comes from Windows, through the relay of WSL: as root, or from no socket of this
   * Linux (mirrored networking). Asked on WSL only.
   */
  readonly acceptsRelay?: (() => boolean) | undefined;
}

/** Decides which connections of a listener on 127.0.0.1 belong to our own user. */
export interface OwnPeers {
  /** False is final, and the connection is destroyed; never throws. */
  isOwn(client: Socket): Promise<boolean>;
  /** Safe to call twice; nobody is our own afterwards. */
  close(): Promise<void>;
}

/** How many connections may wait for the decision, and at most half of our descriptors; more are turned away. */
const MAX_UNDECIDED = 1_024;
/** Where the limit cannot be read. */
const FEW_DESCRIPTORS = 128;
/** The kernel's DEFAULT_OVERFLOWUID: how users are shown that have no uid in our namespace (user_namespaces(7)). */
const DEFAULT_OVERFLOW_UID = 65_534;
const EVERYBODY: OwnPeers = { isOwn: async () => true, close: async () => {} };

/**
 * Prepares the decision before a port is opened. On Linux the kernel says whose the other end of a connection is; where it
 * does not, no port may be opened, and a read that fails later makes nobody our own. Other systems do not tell, and there
 * everybody is served.
 *
 * @throws tunnel.peersUnknown; tunnel.cannotListen when the system lets us open no file or socket.
 */
export async function openOwnPeers(options: PeerOptions = {}): Promise<OwnPeers> {
  if (platform !== 'linux' || options.allowAnyUser === true) return EVERYBODY;
  const uid = geteuid?.();
  if (uid === undefined || uid === (await readOverflowUid())) {
    throw new DeskError('tunnel.peersUnknown', { problem: 'sharedUid' });
  }
  const table = await openTable();
  try {
    if (!(await recognizesUs(table, uid))) {
      throw new DeskError('tunnel.peersUnknown', { problem: 'noTable' });
    }
  } catch (error) {
    await table.close();
    throw isDeskError(error) ? error : cannotListen(error);
  }
  return judgeBy(table, uid, await readMaxUndecided(), options);
}

function judgeBy(
  table: PeerTable,
  uid: number,
  maxUndecided: number,
  { acceptsRelay = () => false }: PeerOptions,
): OwnPeers {
  let undecided = 0;

  async function isOwnPeer(client: Socket): Promise<boolean> {
    const { remoteAddress, remotePort, localAddress, localPort } = client;
    // A peer that has left already has no address; it is nobody to be served.
    if (!remoteAddress || !remotePort || !localAddress || !localPort) return false;
    const peer = { address: remoteAddress, port: remotePort };
    const own = { address: localAddress, port: localPort };
    const isOurs = (found: Peer) => found === uid || (isRelay(found) && acceptsRelay());
    // Between the pages of one read the kernel may skip a row that others move: what is missing is looked up twice.
    const found = await table.find(peer, own);
    return isOurs(typeof found === 'number' ? found : await table.find(peer, own));
  }

  return {
    async isOwn(client) {
      if (undecided >= maxUndecided) {
        client.destroy();
        return false;
      }
      undecided += 1;
      // A table that cannot be read says nothing, and so nobody is ours.
      const isOwn = await isOwnPeer(client).catch(() => false);
      undecided -= 1;
      if (!isOwn) client.destroy();
      return isOwn;
    },
    close: table.close,
  };
}

function isRelay(found: Peer): boolean {
  return found === 0 || found === 'unlisted';
}

async function openTable(): Promise<PeerTable> {
  try {
    return await openPeerTable();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isMissing = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(code);
    throw isMissing
      ? new DeskError('tunnel.peersUnknown', { problem: 'noTable' })
      : cannotListen(error);
  }
}

/** Whether the table shows what it is asked for: it may be empty (WSL 1), or of another network namespace. */
async function recognizesUs(table: PeerTable, uid: number): Promise<boolean> {
  const { near, far } = await openSocketpair();
  try {
    const [address = '', remoteAddress = ''] = [near.localAddress, near.remoteAddress];
    const peer = { address, port: near.localPort ?? 0 };
    const own = { address: remoteAddress, port: near.remotePort ?? 0 };
    return (await table.find(peer, own)) === uid;
  } finally {
    near.destroy();
    far.destroy();
  }
}

async function readOverflowUid(): Promise<number> {
  try {
    return Number(await readFile('/proc/sys/kernel/overflowuid', 'latin1'));
  } catch {
    // Hidden with `subset=pid`.
    return DEFAULT_OVERFLOW_UID;
  }
}

/** Strangers who connect in a storm must leave us the descriptors that our own work needs. */
async function readMaxUndecided(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'latin1').catch(() => '');
  const [, descriptors] = /^Max open files +(\d+)/m.exec(limits) ?? [];
  return Math.min(MAX_UNDECIDED, Number(descriptors ?? FEW_DESCRIPTORS) / 2);
}
