import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Picture } from '../../model/picture.js';
import {
  MAX_CUT_TEXT_BYTES,
  MAX_MESSAGES,
  MAX_PIXELS_A_TURN,
  MAX_RECTANGLES,
  MAX_RESIZES,
} from './budget.js';
import type { ByteReader } from './byte-reader.js';
import { createInflater } from './decoders/inflater.js';
import { decodeCopyRect, decodeRaw } from './decoders/raw.js';
import { decodeZrle } from './decoders/zrle.js';
import { createFramebuffer } from './framebuffer.js';
import {
  COPY_RECT,
  DESKTOP_SIZE,
  decodeRectangleHead,
  encodeSetEncodings,
  encodeSetPixelFormat,
  encodeUpdateRequest,
  LAST_RECT,
  RAW,
  RECTANGLE_HEAD_BYTES,
  ZRLE,
} from './messages.js';
import { ProtocolError } from './protocol-error.js';

export interface CaptureOptions {
  readonly stream: Writable;
  readonly reader: ByteReader;
  /** The size from ServerInit. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The encodings to request; any other one is an error. */
  readonly encodings?: readonly number[];
}

/** Server-to-client messages (RFC 6143 §7.6). */
const FRAMEBUFFER_UPDATE = 0;
const SET_COLOUR_MAP_ENTRIES = 1;
const BELL = 2;
const SERVER_CUT_TEXT = 3;

const ENCODINGS = [ZRLE, COPY_RECT, RAW, DESKTOP_SIZE, LAST_RECT];

/**
 * Requests a full frame and returns it once every pixel has been painted. Call it once per connection.
 *
 * @throws tunnel.lost, ProtocolError
 */
export async function captureFrame(options: CaptureOptions): Promise<Picture> {
  const { stream, reader, encodings = ENCODINGS } = options;
  let framebuffer = createFramebuffer(options.widthPx, options.heightPx);
  let resizes = 0;
  let rectangles = 0;
  let pixelsThisTurn = 0;
  const inflater = createInflater();

  /** FramebufferUpdate (RFC 6143 §7.6.1). */
  async function readUpdate(): Promise<void> {
    const count = (await reader.read(3)).readUInt16BE(1);
    for (let index = 0; index < count; index += 1) {
      rectangles += 1;
      if (rectangles > MAX_RECTANGLES) {
        throw new ProtocolError(`sends ${MAX_RECTANGLES} rectangles without completing a frame`);
      }
      const head = decodeRectangleHead(await reader.read(RECTANGLE_HEAD_BYTES));
      if (head.encoding === LAST_RECT) return;
      if (!encodings.includes(head.encoding)) {
        throw new ProtocolError(`sends encoding ${head.encoding}, which was not requested`);
      }
      if (head.encoding === DESKTOP_SIZE) {
        // The width and height of this pseudo-rectangle are the new size (§7.8.2).
        resizes += 1;
        if (resizes > MAX_RESIZES) throw new ProtocolError('resizes too often');
        framebuffer = createFramebuffer(head.width, head.height);
        continue;
      }
      framebuffer.claim(head);
      if (head.encoding === ZRLE) await decodeZrle(reader, inflater, framebuffer, head);
      else if (head.encoding === COPY_RECT) await decodeCopyRect(reader, framebuffer, head);
      else await decodeRaw(reader, framebuffer, head);
      pixelsThisTurn += head.width * head.height;
      if (pixelsThisTurn >= MAX_PIXELS_A_TURN) {
        pixelsThisTurn = 0;
        await nextTurn();
      }
    }
  }

  stream.write(encodeSetPixelFormat());
  stream.write(encodeSetEncodings(encodings));
  stream.write(encodeUpdateRequest(framebuffer, false));
  try {
    for (let messages = 0; messages < MAX_MESSAGES; messages += 1) {
      const type = (await reader.read(1)).readUInt8(0);
      if (type !== FRAMEBUFFER_UPDATE) {
        await skipMessage(reader, type);
        continue;
      }
      await readUpdate();
      if (framebuffer.isWhole()) return framebuffer.toPicture();
      // Incremental after a partial update, full after none or a resize (§7.5.3).
      stream.write(encodeUpdateRequest(framebuffer, framebuffer.hasPaint()));
    }
  } finally {
    inflater.close();
  }
  throw new ProtocolError(`sends ${MAX_MESSAGES} messages without completing a frame`);
}

async function skipMessage(reader: ByteReader, type: number): Promise<void> {
  switch (type) {
    case BELL:
      // §7.6.3: no payload.
      return;
    case SET_COLOUR_MAP_ENTRIES: {
      // §7.6.2: padding, first colour, number of colours, 6 bytes for each.
      const count = (await reader.read(5)).readUInt16BE(3);
      await reader.skip(count * 6);
      return;
    }
    case SERVER_CUT_TEXT: {
      // §7.6.4: padding, length, text.
      const byteCount = (await reader.read(7)).readUInt32BE(3);
      if (byteCount > MAX_CUT_TEXT_BYTES) {
        throw new ProtocolError(`announces a clipboard of ${byteCount} bytes`);
      }
      await reader.skip(byteCount);
      return;
    }
    default:
      throw new ProtocolError(`sends a message of the unknown type ${type}`);
  }
}
