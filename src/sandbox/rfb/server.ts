import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Picture } from '../../model/picture.js';
import { encryptVncDes } from '../../model/vnc-des.js';
import { type ByteReader, createByteReader } from '../../transport/rfb/byte-reader.js';
import { type Desktop, type DesktopOptions, openRfbPort } from '../desktop.js';
import { createPixelWriter, NATIVE_FORMAT, type PixelWriter } from './pixel-format.js';
import { drawTestCard } from './test-card.js';

const NAME = Buffer.from('hpc-desk sandbox');
const VERSION = 'RFB 003.008\n';
/** Security types (RFC 6143 §7.1.2). */
const NONE = 1;
const VNC_AUTHENTICATION = 2;
/** Client messages (RFC 6143 §7.5). */
const SET_PIXEL_FORMAT = 0;
const SET_ENCODINGS = 2;
const FRAMEBUFFER_UPDATE_REQUEST = 3;
const KEY_EVENT = 4;
const POINTER_EVENT = 5;
const CLIENT_CUT_TEXT = 6;

const MAX_CUT_TEXT_BYTES = 1024 * 1024;
const BAND_BYTES = 64 * 1024;

/** Reads throw when the connection ends; writes wait until the bytes are flushed or the connection has ended. */
interface Client extends ByteReader {
  write(...bytes: readonly Buffer[]): Promise<void>;
}

/** Starts the built-in RFB 3.8 server with the test card, for machines without Xvnc. @throws errors of `openRfbPort` */
export function startRfbServer(options: DesktopOptions): Promise<Desktop> {
  const picture = drawTestCard(options.widthPx, options.heightPx);
  return openRfbPort(options, (viewer) => void serve(viewer, picture, options.vncPassword));
}

async function serve(viewer: Duplex, picture: Picture, vncPassword: string | undefined) {
  const client = {
    ...createByteReader(viewer, 'viewer', Number.POSITIVE_INFINITY),
    write: (...bytes: readonly Buffer[]) =>
      new Promise<void>((resolve) => void viewer.write(Buffer.concat(bytes), () => resolve())),
  };
  try {
    if (await acceptClient(client, picture, vncPassword)) await serveMessages(client, picture);
    viewer.end();
  } catch {
    viewer.destroy();
  }
}

/** The handshake from ProtocolVersion to ServerInit (RFC 6143 §7.1 to §7.3.2), version 3.8 only; whether it succeeded. */
async function acceptClient(
  client: Client,
  { widthPx, heightPx }: Picture,
  vncPassword: string | undefined,
): Promise<boolean> {
  await client.write(Buffer.from(VERSION));
  if ((await client.read(12)).toString('latin1') !== VERSION) return false;

  const type = vncPassword === undefined ? NONE : VNC_AUTHENTICATION;
  await client.write(Buffer.from([1, type]));
  const [chosen] = await client.read(1);
  if (chosen !== type) return refuse(client, 'no such security type');
  if (vncPassword !== undefined && !(await knowsPassword(client, vncPassword))) {
    return refuse(client, 'authentication failed');
  }
  await client.write(uint32(0));

  // ClientInit (§7.3.1): the shared flag is ignored.
  await client.read(1);
  await client.write(uint16(widthPx, heightPx), NATIVE_FORMAT, uint32(NAME.length), NAME);
  return true;
}

/** VNC authentication (§7.2.2). */
async function knowsPassword(client: Client, vncPassword: string): Promise<boolean> {
  const challenge = randomBytes(16);
  await client.write(challenge);
  const response = await client.read(16);
  return timingSafeEqual(response, encryptVncDes(Buffer.from(vncPassword), challenge));
}

/** SecurityResult "failed" with its reason (§7.1.3). */
async function refuse(client: Client, reason: string): Promise<false> {
  await client.write(uint32(1), uint32(reason.length), Buffer.from(reason));
  return false;
}

/**
 * Serves a static picture until the client leaves or sends an unknown message.
 *
 * Nothing is read while an update is being written, so a slow client does not buffer more than one update.
 */
async function serveMessages(client: Client, picture: Picture): Promise<void> {
  let pixels = createPixelWriter(NATIVE_FORMAT);
  let hasPicture = false;
  while (pixels !== undefined) {
    const [type] = await client.read(1);
    switch (type) {
      case SET_PIXEL_FORMAT:
        pixels = createPixelWriter((await client.read(19)).subarray(3));
        break;
      case SET_ENCODINGS:
        // Ignored: Raw is always allowed (§7.7).
        await client.skip((await client.read(3)).readUInt16BE(1) * 4);
        break;
      case FRAMEBUFFER_UPDATE_REQUEST: {
        const request = await client.read(9);
        // Incremental requests are for changes (§7.5.3), and there are none after the first frame.
        if (request[0] !== 0 && hasPicture) break;
        hasPicture = true;
        await sendUpdate(client, picture, request.subarray(1), pixels);
        break;
      }
      case KEY_EVENT:
        await client.skip(7);
        break;
      case POINTER_EVENT:
        await client.skip(5);
        break;
      case CLIENT_CUT_TEXT: {
        const length = (await client.read(7)).readUInt32BE(3);
        if (length > MAX_CUT_TEXT_BYTES) return;
        await client.skip(length);
        break;
      }
      default:
        return;
    }
  }
}

/**
 * FramebufferUpdate with one rectangle in Raw encoding (§7.6.1, §7.7.1), written in bands to limit memory.
 *
 * @param area - x, y, width and height as requested; clipped to the picture.
 */
async function sendUpdate(
  client: Client,
  { widthPx, heightPx, pixels }: Picture,
  area: Buffer,
  { bytesPerPixel, write }: PixelWriter,
): Promise<void> {
  const x = Math.min(area.readUInt16BE(0), widthPx);
  const y = Math.min(area.readUInt16BE(2), heightPx);
  const width = Math.min(area.readUInt16BE(4), widthPx - x);
  const height = Math.min(area.readUInt16BE(6), heightPx - y);
  await client.write(uint16(0, 1, x, y, width, height), uint32(0));

  const rowsAtOnce = Math.max(1, Math.floor(BAND_BYTES / Math.max(1, width * bytesPerPixel)));
  for (let row = 0; row < height; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - row);
    const band = Buffer.alloc(rows * width * bytesPerPixel);
    for (let index = 0; index < rows * width; index += 1) {
      const line = y + row + Math.floor(index / width);
      write(band, index * bytesPerPixel, pixels[line * widthPx + x + (index % width)] ?? 0);
    }
    await client.write(band);
  }
}

function uint16(...values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}

function uint32(value: number): Buffer {
  return uint16(value >>> 16, value & 0xffff);
}
