import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../src/model/picture.js';
import { encodePng } from '../../../src/view/picture/png.js';

function pictureOf(widthPx: number, heightPx: number): Picture {
  const pixels = Uint32Array.from(
    { length: widthPx * heightPx },
    (_, index) => (index * 2_654_435_761) & 0xffffff,
  );
  return { widthPx, heightPx, pixels };
}

async function encode(picture: Picture): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of encodePng(picture)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Decodes a PNG independently of the encoder; requires valid checksums, filter type 0 and 8-bit RGB. */
function decode(png: Buffer): { readonly types: readonly string[] } & Picture {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const chunks: { type: string; data: Buffer }[] = [];
  for (let offset = 8; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const data = png.subarray(offset + 8, offset + 8 + length);
    const checksum = png.readUInt32BE(offset + 8 + length);
    expect(crc32(png.subarray(offset + 4, offset + 8 + length))).toBe(checksum);
    chunks.push({ type: png.toString('latin1', offset + 4, offset + 8), data });
    offset += 12 + length;
  }
  const header = chunks[0]?.data ?? Buffer.alloc(0);
  const [widthPx, heightPx] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  expect([...header.subarray(8)]).toEqual([8, 2, 0, 0, 0]);
  const rows = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  );
  expect(rows).toHaveLength(heightPx * (1 + widthPx * 3));
  const pixels = new Uint32Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    const start = y * (1 + widthPx * 3);
    expect(rows[start]).toBe(0);
    for (let x = 0; x < widthPx; x += 1) {
      pixels[y * widthPx + x] = rows.readUIntBE(start + 1 + x * 3, 3);
    }
  }
  return { widthPx, heightPx, pixels, types: chunks.map(({ type }) => type) };
}

describe('a PNG', () => {
  test.each([
    [1, 1],
    [1, 300],
    [300, 1],
    [333, 201],
    [16_384, 3],
  ])('of %i×%i holds every pixel', async (widthPx, heightPx) => {
    const picture = pictureOf(widthPx, heightPx);
    const { types, ...decoded } = decode(await encode(picture));
    expect(decoded).toEqual(picture);
    expect([types[0], types.at(-1)]).toEqual(['IHDR', 'IEND']);
  });

  test('of one pixel has the expected header and IEND bytes', async () => {
    const png = await encode({ widthPx: 1, heightPx: 1, pixels: Uint32Array.of(0xff8000) });
    expect(png.subarray(0, 33).toString('hex')).toBe(
      '89504e470d0a1a0a0000000d49484452000000010000000108020000' + '00907753de',
    );
    expect(png.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
  });
});
