import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { geteuid, platform } from 'node:process';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { cannotListen } from './listen.js';
import { openPeerTable, type Peer, type PeerTable } from './peer-table.js';
import { openSocketpair } from './socketpair.js';

export interface PeerOptions {
  /** Accepts every local user. */
  readonly allowAnyUser?: boolean | undefined;
  /** Whether to accept a client that shows as root or as no local socket, like the WSL relay. Called on WSL only. */
  readonly acceptsRelay?: (() => boolean) | undefined;
}

/** Decides which connections to a listener on 127.0.0.1 come from the current user. */
type OwnPeers = ReturnType<typeof createCheck>;

/** Connections that may wait for the check, limited also to half of the descriptors; the excess is refused. */
const MAX_UNDECIDED = 1_024;
/** Assumed limit when /proc/self/limits cannot be read. */
const FEW_DESCRIPTORS = 128;
/** The kernel's DEFAULT_OVERFLOWUID: any uid unmapped in this user namespace (user_namespaces(7)). */
const DEFAULT_OVERFLOW_UID = 65_534;
const ACCEPT_ALL: OwnPeers = { isOwn: async () => true, close: async () => {} };

/**
 * Prepares the check before a port is opened. On Linux the kernel's TCP table names the owner of the peer socket; if it
 * cannot be used, this throws, and a read that fails later refuses the client. Other systems have no such table: every
 * local user is accepted there.
 *
 * @throws tunnel.peersUnknown; tunnel.cannotListen when no file or socket can be opened.
 */
export async function openOwnPeers(options: PeerOptions = {}): Promise<OwnPeers> {
  if (platform !== 'linux' || options.allowAnyUser === true) return ACCEPT_ALL;
  const uid = geteuid?.();
  if (uid === undefined || uid === (await readOverflowUid())) {
    throw new DeskError('tunnel.peersUnknown', { problem: 'sharedUid' });
  }
  const table = await openTable();
  try {
    if (!(await listsOwnSocket(table, uid))) {
      throw new DeskError('tunnel.peersUnknown', { problem: 'noTable' });
    }
  } catch (error) {
    await table.close();
    throw isDeskError(error) ? error : cannotListen(error);
  }
  return createCheck(table, uid, await readMaxUndecided(), options);
}

function createCheck(
  table: PeerTable,
  uid: number,
  maxUndecided: number,
  { acceptsRelay = () => false }: PeerOptions,
) {
  let undecided = 0;

  async function isOwnPeer(client: Socket): Promise<boolean> {
    const isRelay = (found: Peer) => (found === 0 || found === 'unlisted') && acceptsRelay();
    const isOurs = (found: Peer) => found === uid || isRelay(found);
    // The kernel prints the table a page at a time and may skip a row that moves in between, so a miss is looked up
    // again.
    const found = await findOwner(client, table);
    return isOurs(typeof found === 'number' ? found : await findOwner(client, table));
  }

  return {
    /** Destroys the connection when false; never throws. */
    async isOwn(client: Socket) {
      if (undecided >= maxUndecided) {
        client.destroy();
        return false;
      }
      undecided += 1;
      // Fail closed: a table that cannot be read refuses the client.
      const isOwn = await isOwnPeer(client).catch(() => false);
      undecided -= 1;
      if (!isOwn) client.destroy();
      return isOwn;
    },
    /** Safe to call twice; every later client is refused. */
    close: table.close,
  };
}

async function findOwner(accepted: Socket, table: PeerTable): Promise<Peer> {
  const { remoteAddress, remotePort, localAddress, localPort } = accepted;
  // A peer that has already disconnected has no address.
  if (!remoteAddress || !remotePort || !localAddress || !localPort) return 'gone';
  const own = { address: localAddress, port: localPort };
  return table.find({ address: remoteAddress, port: remotePort }, own);
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

/** Checks the table with a connection of our own: it may be empty (WSL 1) or of another network namespace. */
async function listsOwnSocket(table: PeerTable, uid: number): Promise<boolean> {
  const { near, far } = await openSocketpair();
  try {
    return (await findOwner(far, table)) === uid;
  } finally {
    near.destroy();
    far.destroy();
  }
}

async function readOverflowUid(): Promise<number> {
  try {
    return Number(await readFile('/proc/sys/kernel/overflowuid', 'latin1'));
  } catch {
    // Hidden in a /proc mounted with `subset=pid`.
    return DEFAULT_OVERFLOW_UID;
  }
}

/** A flood of foreign connections must not use up the descriptors. */
async function readMaxUndecided(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'latin1').catch(() => '');
  const [, descriptors] = /^Max open files +(\d+)/m.exec(limits) ?? [];
  return Math.min(MAX_UNDECIDED, Number(descriptors ?? FEW_DESCRIPTORS) / 2);
}
