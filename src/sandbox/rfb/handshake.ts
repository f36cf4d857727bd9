import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Picture } from '../../model/picture.js';
import { encryptVncDes } from '../../model/vnc-des.js';
import type { ByteChannel } from './byte-channel.js';
import { encodePixelFormat, NATIVE_FORMAT } from './pixel-format.js';

const VERSION = 'RFB 003.008\n';
/** Security types (RFC 6143 §7.1.2). */
const NONE = 1;
const VNC_AUTHENTICATION = 2;

/**
 * The server's side of the handshake from ProtocolVersion to ServerInit (RFC 6143 §7.1 to §7.3.2), version 3.8 only; false
 * when the client was rejected.
 *
 * @throws Error when the connection ends.
 */
export async function acceptClient(
  channel: ByteChannel,
  { widthPx, heightPx }: Picture,
  desktopName: string,
  vncPassword: string | undefined,
): Promise<boolean> {
  await channel.write(Buffer.from(VERSION));
  if ((await channel.read(12)).toString('latin1') !== VERSION) return false;

  const type = vncPassword === undefined ? NONE : VNC_AUTHENTICATION;
  await channel.write(Buffer.from([1, type]));
  const [chosen] = await channel.read(1);
  if (chosen !== type) return refuse(channel, 'no such security type');
  if (vncPassword !== undefined && !(await knowsPassword(channel, vncPassword))) {
    return refuse(channel, 'authentication failed');
  }
  await channel.write(Buffer.alloc(4));

  // ClientInit (§7.3.1): the shared flag is ignored.
  await channel.read(1);
  const name = Buffer.from(desktopName);
  const size = Buffer.alloc(4);
  size.writeUInt16BE(widthPx, 0);
  size.writeUInt16BE(heightPx, 2);
  await channel.write(
    Buffer.concat([size, encodePixelFormat(NATIVE_FORMAT), uint32(name.length), name]),
  );
  return true;
}

/** VNC authentication (§7.2.2). */
async function knowsPassword(channel: ByteChannel, vncPassword: string): Promise<boolean> {
  const challenge = randomBytes(16);
  await channel.write(challenge);
  const response = await channel.read(16);
  return timingSafeEqual(response, encryptVncDes(Buffer.from(vncPassword), challenge));
}

/** SecurityResult "failed" with its reason (§7.1.3). */
async function refuse(channel: ByteChannel, reason: string): Promise<false> {
  const text = Buffer.from(reason);
  await channel.write(Buffer.concat([uint32(1), uint32(text.length), text]));
  return false;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
