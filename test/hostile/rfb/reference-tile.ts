/** Reads on through inflated bytes, which hold tile after tile. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

/** One tile of ZRLE (RFC 6143 §7.7.6), its pixels 0xRRGGBB in reading order. */
export function readTile(cursor: Cursor, width: number, height: number): number[] {
  const byte = () => cursor.bytes.readUInt8(cursor.at++);
  // A CPIXEL of 0x00RRGGBB in little-endian order (§7.7.5).
  const colour = () => byte() + byte() * 0x100 + byte() * 0x10000;
  const palette: number[] = [];
  const pixels: number[] = [];
  const wanted = width * height;
  /** The sum of the bytes up to the first that is not 255, and one. */
  const runLength = () => {
    let sum = 1;
    for (;;) {
      const more = byte();
      sum += more;
      if (more !== 255) return sum;
    }
  };
  const repeat = (pixel: number, count: number) => {
    for (let left = count; left > 0; left -= 1) pixels.push(pixel);
  };

  const kind = byte();
  const paletteSize = kind >= 130 ? kind - 128 : kind >= 2 && kind <= 16 ? kind : 0;
  while (palette.length < paletteSize) palette.push(colour());
  const known = (index: number) => {
    const pixel = palette[index];
    if (pixel === undefined) throw new Error(`no colour ${index} of ${paletteSize}`);
    return pixel;
  };

  if (kind === 0) while (pixels.length < wanted) pixels.push(colour());
  else if (kind === 1) repeat(colour(), wanted);
  else if (kind <= 16) {
    const bits = paletteSize === 2 ? 1 : paletteSize <= 4 ? 2 : 4;
    for (let row = 0; row < height; row += 1) {
      let line = '';
      while (line.length < width * bits) line += byte().toString(2).padStart(8, '0');
      for (let column = 0; column < width; column += 1) {
        pixels.push(known(Number.parseInt(line.slice(column * bits, (column + 1) * bits), 2)));
      }
    }
  } else if (kind === 128) {
    while (pixels.length < wanted) repeat(colour(), runLength());
  } else if (kind >= 130) {
    while (pixels.length < wanted) {
      const index = byte();
      if (index < 128) pixels.push(known(index));
      else repeat(known(index - 128), runLength());
    }
  } else throw new Error(`kind ${kind}`);
  if (pixels.length !== wanted) throw new Error(`${pixels.length} pixels of ${wanted}`);
  return pixels;
}
