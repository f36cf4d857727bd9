import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from '../rfb-parts.js';

/** An X client that draws pixels on the root window. */
export interface XPainter {
  /** Draws pixel values, row by row, masked to the server's own format. */
  put(x: number, y: number, width: number, height: number, values: readonly number[]): void;
  /** Waits until the server has processed all requests. */
  settled(): Promise<void>;
  close(): void;
}

/** Opcodes and layouts of the X Window System Protocol, version 11, in little-endian order. */
const [CREATE_GC, PUT_IMAGE, GET_INPUT_FOCUS] = [55, 72, 43];
const Z_PIXMAP = 2;
const REPLY_BYTES = 32;

/** Connects without authorization, which Xvnc allows if started without any. */
export async function openXPainter(display: number): Promise<XPainter> {
  const socket = connect(`/tmp/.X11-unix/X${display}`);
  const hear = reader(socket);
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const head = await hear(8);
  if (head[0] !== 1) throw new Error('the X server takes nobody');
  const setup = await hear(head.readUInt16LE(6) * 4);
  const vendorBytes = Math.ceil(setup.readUInt16LE(16) / 4) * 4;
  const formatCount = setup.readUInt8(21);
  const screen = 32 + vendorBytes + formatCount * 8;
  const root = setup.readUInt32LE(screen);
  const depth = setup.readUInt8(screen + 38);
  const context = setup.readUInt32LE(4);
  const bytesPerPixel = depth > 16 ? 4 : 2;
  socket.write(join(Buffer.from([CREATE_GC, 0, 4, 0]), words(context, root, 0)));

  return {
    put(x, y, width, height, values) {
      const stride = Math.ceil((width * bytesPerPixel) / 4) * 4;
      const data = Buffer.alloc(stride * height);
      const mask = 2 ** (bytesPerPixel * 8) - 1;
      values.forEach((value, index) => {
        const offset = Math.floor(index / width) * stride + (index % width) * bytesPerPixel;
        data.writeUIntLE((value & mask) >>> 0, offset, bytesPerPixel);
      });
      const request = Buffer.from([PUT_IMAGE, Z_PIXMAP, 0, 0]);
      request.writeUInt16LE(6 + data.length / 4, 2);
      const place = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, depth, 0, 0]);
      [width, height, x, y].forEach((number, index) => void place.writeUInt16LE(number, index * 2));
      socket.write(join(request, words(root, context), place, data));
    },
    async settled() {
      socket.write(Buffer.from([GET_INPUT_FOCUS, 0, 1, 0]));
      const reply = await hear(REPLY_BYTES);
      if (reply[0] !== 1) throw new Error(`the X server refuses: error ${reply[1]}`);
    },
    close: () => void socket.destroy(),
  };
}

function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => void bytes.writeUInt32LE(number, index * 4));
  return bytes;
}

function reader(socket: Socket): (count: number) => Promise<Buffer> {
  return async (count) => {
    for (;;) {
      const bytes: Buffer | null = socket.read(count);
      if (bytes !== null) return bytes;
      await once(socket, 'readable');
    }
  };
}
