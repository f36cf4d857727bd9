import { isIPv4 } from 'node:net';
import { endianness } from 'node:os';

/** The two ends of a connection as the peer sees them: its own address first. */
export interface PeerAddress {
  readonly address: string;
  readonly port: number;
  /** The port on our side. */
  readonly ourPort: number;
}

type ByteOrder = 'LE' | 'BE';

/**
 * Finds the user who holds the peer's end of an IPv4 connection, in the text of `/proc/net/tcp` or `/proc/net/tcp6`
 * (proc_pid_net(5)), or nothing.
 *
 * A socket that its process has already given up is listed under uid 0 with inode 0: it belongs to nobody.
 */
export function findPeerUid(
  table: string,
  peer: PeerAddress,
  byteOrder: ByteOrder = endianness(),
): number | undefined {
  // An IPv6 socket that talks IPv4 shows the mapped address, whose last word is the IPv4 one (RFC 4291 §2.5.5.2).
  const local = `${hexOfIpv4(peer.address, byteOrder)}:${hexOfPort(peer.port)}`;
  const remotePort = `:${hexOfPort(peer.ourPort)}`;
  for (const line of table.split('\n')) {
    const [, localAddress, remoteAddress, , , , , uid, , inode] = line.trim().split(/\s+/);
    const isPeer =
      localAddress?.endsWith(local) === true && remoteAddress?.endsWith(remotePort) === true;
    if (isPeer && inode !== '0') return Number(uid);
  }
  return undefined;
}

/** The kernel prints an address as 32-bit words in the order of the machine. */
function hexOfIpv4(address: string, byteOrder: ByteOrder): string {
  if (!isIPv4(address)) throw new RangeError(`not an IPv4 address: ${address}`);
  const bytes = Buffer.from(address.split('.').map(Number));
  return (byteOrder === 'LE' ? bytes.reverse() : bytes).toString('hex').toUpperCase();
}

function hexOfPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
