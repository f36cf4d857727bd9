/** The messages of RFC 6143; integers are big-endian (§3). */

/** Encodings (§7.7, §7.8). */
export const RAW = 0;
export const COPY_RECT = 1;
export const ZRLE = 16;
export const DESKTOP_SIZE = -223;
/** Pseudo-encoding from the IANA registry: ends an update whose number of rectangles was not known in advance. */
export const LAST_RECT = -224;

export const GREETING_BYTES = 12;

/** SetPixelFormat (§7.5.1): 32 bits a pixel, depth 24, little-endian, true colour, 0x00RRGGBB (§7.4). */
export function encodeSetPixelFormat(): Buffer {
  const format = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0];
  return Buffer.from([0, 0, 0, 0, ...format]);
}

/** SetEncodings (§7.5.2), in order of preference. */
export function encodeSetEncodings(encodings: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + encodings.length * 4);
  bytes.writeUInt8(2, 0);
  bytes.writeUInt16BE(encodings.length, 2);
  encodings.forEach((encoding, index) => void bytes.writeInt32BE(encoding, 4 + index * 4));
  return bytes;
}

/** FramebufferUpdateRequest for the whole desktop (§7.5.3). */
export function encodeUpdateRequest(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  isIncremental: boolean,
): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeUInt8(3, 0);
  bytes.writeUInt8(isIncremental ? 1 : 0, 1);
  bytes.writeUInt16BE(widthPx, 6);
  bytes.writeUInt16BE(heightPx, 8);
  return bytes;
}

/** In pixels from the upper left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const RECTANGLE_HEAD_BYTES = 12;

/** The header of a rectangle (§7.6.1). */
export function decodeRectangleHead(bytes: Buffer) {
  return {
    x: bytes.readUInt16BE(0),
    y: bytes.readUInt16BE(2),
    width: bytes.readUInt16BE(4),
    height: bytes.readUInt16BE(6),
    encoding: bytes.readInt32BE(8),
  };
}
