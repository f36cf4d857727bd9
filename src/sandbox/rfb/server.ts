import type { Socket } from 'node:net';
import type { Picture } from '../../model/picture.js';
import type { Desktop, DesktopOptions } from '../desktop.js';
import { openRfbPort } from '../rfb-port.js';
import { type ByteChannel, createByteChannel } from './byte-channel.js';
import { acceptClient } from './handshake.js';
import { decodePixelFormat, NATIVE_FORMAT, type PixelFormat, pixelWriter } from './pixel-format.js';
import { drawTestCard } from './test-card.js';

/** Starts the built-in RFB 3.8 server with the test card, for machines without Xvnc. @throws errors of `openRfbPort` */
export async function startRfbServer(options: DesktopOptions): Promise<Desktop> {
  const { widthPx, heightPx, vncPassword } = options;
  const picture = drawTestCard(widthPx, heightPx);
  const port = await openRfbPort(options, (viewer) => void serve(viewer, picture, vncPassword));
  return { ...port, widthPx, heightPx };
}

async function serve(socket: Socket, picture: Picture, vncPassword: string | undefined) {
  const channel = createByteChannel(socket);
  try {
    if (await acceptClient(channel, picture, 'hpc-desk sandbox', vncPassword)) {
      await serveMessages(channel, picture);
    }
    socket.end();
  } catch {
    socket.destroy();
  }
}

/** Client messages (RFC 6143 §7.5). */
const SET_PIXEL_FORMAT = 0;
const SET_ENCODINGS = 2;
const FRAMEBUFFER_UPDATE_REQUEST = 3;
const KEY_EVENT = 4;
const POINTER_EVENT = 5;
const CLIENT_CUT_TEXT = 6;

const MAX_CUT_TEXT_BYTES = 1024 * 1024;
const BAND_BYTES = 64 * 1024;

/**
 * Serves a static picture until the client leaves or sends an unknown message.
 *
 * Nothing is read while an update is being written, so a slow client does not buffer more than one update.
 *
 * @throws Error when the connection ends.
 */
export async function serveMessages(channel: ByteChannel, picture: Picture): Promise<void> {
  let format = NATIVE_FORMAT;
  let hasPicture = false;
  for (;;) {
    const [type] = await channel.read(1);
    switch (type) {
      case SET_PIXEL_FORMAT: {
        const wanted = decodePixelFormat((await channel.read(19)).subarray(3));
        if (wanted === undefined) return;
        format = wanted;
        break;
      }
      case SET_ENCODINGS: {
        // Ignored: Raw is always allowed (§7.7).
        const count = (await channel.read(3)).readUInt16BE(1);
        await channel.read(count * 4);
        break;
      }
      case FRAMEBUFFER_UPDATE_REQUEST: {
        const request = await channel.read(9);
        const isIncremental = request[0] !== 0;
        // Incremental requests are for changes (§7.5.3), and there are none after the first frame.
        if (isIncremental && hasPicture) break;
        hasPicture = true;
        await sendUpdate(channel, picture, clip(request.subarray(1), picture), format);
        break;
      }
      case KEY_EVENT:
        await channel.read(7);
        break;
      case POINTER_EVENT:
        await channel.read(5);
        break;
      case CLIENT_CUT_TEXT: {
        const length = (await channel.read(7)).readUInt32BE(3);
        if (length > MAX_CUT_TEXT_BYTES) return;
        await channel.read(length);
        break;
      }
      default:
        return;
    }
  }
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Reads x, y, width and height, clipped to the picture. */
function clip(bytes: Buffer, { widthPx, heightPx }: Picture): Rectangle {
  const x = Math.min(bytes.readUInt16BE(0), widthPx);
  const y = Math.min(bytes.readUInt16BE(2), heightPx);
  const width = Math.min(bytes.readUInt16BE(4), widthPx - x);
  const height = Math.min(bytes.readUInt16BE(6), heightPx - y);
  return { x, y, width, height };
}

/** FramebufferUpdate with one rectangle in Raw encoding (§7.6.1, §7.7.1), written in bands to limit memory. */
async function sendUpdate(
  channel: ByteChannel,
  picture: Picture,
  { x, y, width, height }: Rectangle,
  format: PixelFormat,
): Promise<void> {
  const head = Buffer.alloc(16);
  head.writeUInt16BE(1, 2);
  [x, y, width, height].forEach((value, index) => void head.writeUInt16BE(value, 4 + index * 2));
  await channel.write(head);

  const write = pixelWriter(format);
  const bytesPerPixel = format.bitsPerPixel / 8;
  const rowsAtOnce = Math.max(1, Math.floor(BAND_BYTES / Math.max(1, width * bytesPerPixel)));
  for (let row = 0; row < height; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - row);
    const band = Buffer.alloc(rows * width * bytesPerPixel);
    for (let index = 0; index < rows * width; index += 1) {
      const line = y + row + Math.floor(index / width);
      const colour = picture.pixels[line * picture.widthPx + x + (index % width)] ?? 0;
      write(band, index * bytesPerPixel, colour);
    }
    await channel.write(band);
  }
}
