/** PIXEL_FORMAT (RFC 6143 §7.4). */
export interface PixelFormat {
  readonly bitsPerPixel: 8 | 16 | 32;
  readonly depth: number;
  readonly isBigEndian: boolean;
  readonly red: Channel;
  readonly green: Channel;
  readonly blue: Channel;
}

interface Channel {
  /** 0…65535. */
  readonly max: number;
  /** In bits. */
  readonly shift: number;
}

/** The format in ServerInit: 32 bits, little-endian, 0x00RRGGBB. */
export const NATIVE_FORMAT: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  isBigEndian: false,
  red: { max: 255, shift: 16 },
  green: { max: 255, shift: 8 },
  blue: { max: 255, shift: 0 },
};

/** Writes the 16 bytes of a pixel format. */
export function encodePixelFormat({ red, green, blue, ...format }: PixelFormat): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.set([format.bitsPerPixel, format.depth, format.isBigEndian ? 1 : 0, 1]);
  [red, green, blue].forEach(({ max, shift }, index) => {
    bytes.writeUInt16BE(max, 4 + index * 2);
    bytes.writeUInt8(shift, 10 + index);
  });
  return bytes;
}

/** Reads the 16 bytes; undefined for colour maps and non-standard sizes. */
export function decodePixelFormat(bytes: Buffer): PixelFormat | undefined {
  const [bitsPerPixel = 0, depth = 0, bigEndian, trueColour] = bytes;
  const isKnown = bitsPerPixel === 8 || bitsPerPixel === 16 || bitsPerPixel === 32;
  if (!isKnown || trueColour === 0) return undefined;
  const channel = (index: number): Channel => ({
    max: bytes.readUInt16BE(4 + index * 2),
    shift: bytes.readUInt8(10 + index),
  });
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  if ([red, green, blue].some(({ shift }) => shift >= bitsPerPixel)) return undefined;
  return { bitsPerPixel, depth, isBigEndian: bigEndian !== 0, red, green, blue };
}

/** Returns a function that writes a colour 0xRRGGBB at an offset of a buffer. */
export function pixelWriter(
  format: PixelFormat,
): (target: Buffer, offset: number, rgb: number) => void {
  const { bitsPerPixel, isBigEndian, red, green, blue } = format;
  const scale = (value: number, { max, shift }: Channel) =>
    Math.round((value * max) / 255) << shift;
  const convert = (rgb: number) =>
    (scale(rgb >> 16, red) | scale((rgb >> 8) & 0xff, green) | scale(rgb & 0xff, blue)) >>> 0;
  if (bitsPerPixel === 8) {
    return (target, offset, rgb) => void target.writeUInt8(convert(rgb) & 0xff, offset);
  }
  if (bitsPerPixel === 16) {
    return isBigEndian
      ? (target, offset, rgb) => void target.writeUInt16BE(convert(rgb) & 0xffff, offset)
      : (target, offset, rgb) => void target.writeUInt16LE(convert(rgb) & 0xffff, offset);
  }
  return isBigEndian
    ? (target, offset, rgb) => void target.writeUInt32BE(convert(rgb), offset)
    : (target, offset, rgb) => void target.writeUInt32LE(convert(rgb), offset);
}
