import type { Picture } from '../../src/model/picture.js';

/** Parses xwd(1) output (X11/XWDFile.h): ZPixmap in true colour or with a colour map. Independent of our client. */
export function readXwd(file: Buffer): Picture {
  const word = (index: number) => file.readUInt32BE(index * 4);
  const [headerBytes, widthPx, heightPx] = [word(0), word(4), word(5)];
  const isBigEndian = word(7) === 1;
  const bytesPerPixel = word(11) / 8;
  const bytesPerLine = word(12);
  const isTrueColour = word(13) === 4;
  const masks = [word(14), word(15), word(16)];
  const colours = readColours(file, headerBytes, word(19));
  const start = headerBytes + word(19) * 12;
  const pixels = new Uint32Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const offset = start + y * bytesPerLine + x * bytesPerPixel;
      const value = isBigEndian
        ? file.readUIntBE(offset, bytesPerPixel)
        : file.readUIntLE(offset, bytesPerPixel);
      pixels[y * widthPx + x] = isTrueColour
        ? masks.reduce((rgb, mask) => rgb * 256 + scale(value, mask), 0)
        : (colours.get(value) ?? 0);
    }
  }
  return { widthPx, heightPx, pixels };
}

function scale(value: number, mask: number): number {
  const lowest = mask & -mask;
  const max = mask / lowest;
  // Rounds down, like Xvnc.
  return Math.floor((((value & mask) / lowest) * 255) / max);
}

/** Entries of a pixel value and red, green and blue of 16 bits each. */
function readColours(file: Buffer, start: number, count: number): Map<number, number> {
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const entry = file.subarray(start + index * 12, start + index * 12 + 12);
      const rgb = [4, 6, 8].reduce((sum, at) => sum * 256 + (entry[at] as number), 0);
      return [entry.readUInt32BE(0), rgb];
    }),
  );
}
