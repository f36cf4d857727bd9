import { constants, deflateSync } from 'node:zlib';
import type { DesktopStep } from '../helpers/scripted-desktop.js';

/** Hexadecimal bytes; whitespace is ignored. */
export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
export const text = (words: string): Buffer => Buffer.from(words, 'latin1');
export const join = (...parts: readonly Buffer[]): Buffer => Buffer.concat(parts);

export function u16(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2);
  numbers.forEach((number, index) => void bytes.writeUInt16BE(number, index * 2));
  return bytes;
}

export function u32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number >>> 0);
  return bytes;
}

export const hear = (count: number): DesktopStep => ({ hear: count });
export const zeros = (count: number): Buffer => Buffer.alloc(count);

/** A length-prefixed string, as in reasons and names. */
export const spoken = (words: string | Buffer, length = words.length): Buffer =>
  join(u32(length), Buffer.from(words));

/** The server's ProtocolVersion and the client's reply. */
export const greet = (version = '003.008'): DesktopStep[] => [text(`RFB ${version}\n`), hear(12)];
/** Security type None, selected and accepted, in 3.8. */
export const none: DesktopStep[] = [hex('01 01'), hear(1), u32(0)];
/** The pixel format that Xvnc sends: 32 bits, depth 24, little-endian, 0x00RRGGBB. */
export const NATIVE_FORMAT = '20 18 00 01 00ff 00ff 00ff 10 08 00 000000';
export const serverInit = (
  width: number,
  height: number,
  name: Buffer = spoken('desk'),
  format = NATIVE_FORMAT,
): Buffer => join(u16(width, height), hex(format), name);

/** SetPixelFormat, SetEncodings with five encodings, and FramebufferUpdateRequest. */
const ASKED_BYTES = 20 + 24 + 10;
/** Everything up to FramebufferUpdateRequest. */
export const desk = (width: number, height: number): DesktopStep[] => [
  ...greet(),
  ...none,
  hear(1),
  serverInit(width, height),
  hear(ASKED_BYTES),
];

/** FramebufferUpdate; `count` overrides the announced number of rectangles. */
export const update = (rectangles: readonly Buffer[], count = rectangles.length): Buffer =>
  join(hex('00 00'), u16(count), ...rectangles);

export const rectangle = (
  [x, y, width, height]: readonly [number, number, number, number],
  encoding: number,
  data: Buffer = zeros(0),
): Buffer => join(u16(x, y, width, height), u32(encoding), data);

type Area = readonly [number, number, number, number];

export const raw = (area: Area, data: Buffer = Buffer.alloc(area[2] * area[3] * 4, 0x55)): Buffer =>
  rectangle(area, 0, data);
export const copy = (area: Area, fromX: number, fromY: number): Buffer =>
  rectangle(area, 1, u16(fromX, fromY));
/** Deflated with Z_SYNC_FLUSH, so that the stream can continue, as servers do. */
export const deflate = (tiles: Buffer): Buffer =>
  deflateSync(tiles, { finishFlush: constants.Z_SYNC_FLUSH });
export const zrleData = (area: Area, data: Buffer, length = data.length): Buffer =>
  rectangle(area, 16, join(u32(length), data));
export const zrle = (area: Area, tiles: Buffer): Buffer => zrleData(area, deflate(tiles));
export const resize = (width: number, height: number): Buffer =>
  rectangle([0, 0, width, height], -223);
export const lastRect = (): Buffer => rectangle([0, 0, 0, 0], -224);
export const cutText = (words: Buffer, length = words.length): Buffer =>
  join(hex('03 000000'), u32(length), words);
