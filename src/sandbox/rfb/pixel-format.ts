/** PIXEL_FORMAT in ServerInit: 32 bits, little-endian, 0x00RRGGBB (RFC 6143 §7.4). */
export const NATIVE_FORMAT = Buffer.from('2018000100ff00ff00ff100800000000', 'hex');

/** Reads the 16 bytes of a PIXEL_FORMAT; undefined for colour maps and non-standard sizes. */
export function createPixelWriter(format: Buffer) {
  const [bits = 0, , bigEndian, trueColour] = format;
  const shifts = [...format.subarray(10, 13)];
  const isUsable = [8, 16, 32].includes(bits) && shifts.every((shift) => shift < bits);
  if (!isUsable || trueColour === 0) return undefined;
  const bytesPerPixel = bits / 8;
  /** One channel of a colour, scaled to its maximum and shifted. */
  const channel = (index: number, rgb: number) => {
    const max = format.readUInt16BE(4 + index * 2);
    const value = (rgb >> (16 - 8 * index)) & 0xff;
    return Math.round((value * max) / 255) << (shifts[index] ?? 0);
  };
  return {
    bytesPerPixel,
    /** Writes a colour 0xRRGGBB in the client's pixel format. */
    write(target: Buffer, offset: number, rgb: number) {
      const pixel = ((channel(0, rgb) | channel(1, rgb) | channel(2, rgb)) >>> 0) % 2 ** bits;
      if (bigEndian === 0) target.writeUIntLE(pixel, offset, bytesPerPixel);
      else target.writeUIntBE(pixel, offset, bytesPerPixel);
    },
  };
}

export type PixelWriter = NonNullable<ReturnType<typeof createPixelWriter>>;
