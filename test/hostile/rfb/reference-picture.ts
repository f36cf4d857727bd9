import { constants, inflateSync } from 'node:zlib';
import type { Picture } from '../../../src/model/picture.js';
import { type Operation, operationsUntilWhole, type Size } from './reference-operations.js';
import { type Cursor, readTile } from './reference-tile.js';

type Screen = Size & { readonly pixels: Uint32Array };

/**
 * What a desktop shows after a stream, in the format that our client asks for: 32 bits, little-endian, 0x00RRGGBB.
 *
 * @param bytes - All that follows ServerInit.
 */
export function referencePicture(bytes: Buffer, initial: Size): Picture | undefined {
  const operations = operationsUntilWhole(bytes, initial);
  if (operations === undefined) return undefined;
  // There is one zlib stream for the whole connection (RFC 6143 §7.7.6).
  const compressed = operations.flatMap((one) => (one.kind === 'zrle' ? [one.data] : []));
  const inflated = { bytes: inflateAll(Buffer.concat(compressed)), at: 0 };
  let screen = bareScreen(initial);
  for (const operation of operations) {
    if (operation.kind === 'resize') screen = bareScreen(operation.size);
    else paint(screen, operation, inflated);
  }
  return { widthPx: screen.width, heightPx: screen.height, pixels: screen.pixels };
}

function bareScreen({ width, height }: Size): Screen {
  return { width, height, pixels: new Uint32Array(width * height) };
}

function inflateAll(compressed: Buffer): Buffer {
  if (compressed.length === 0) return compressed;
  return inflateSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH });
}

function paint(
  { width: screenWidth, pixels }: Screen,
  operation: Exclude<Operation, { kind: 'resize' }>,
  inflated: Cursor,
): void {
  const { x, y, width, height } = operation.area;
  const put = (column: number, row: number, pixel: number) => {
    pixels[(y + row) * screenWidth + x + column] = pixel;
  };
  if (operation.kind === 'raw') {
    for (let index = 0; index < width * height; index += 1) {
      const byte = (offset: number) => operation.data.readUInt8(index * 4 + offset);
      const colour = byte(2) * 0x10000 + byte(1) * 0x100 + byte(0);
      put(index % width, Math.floor(index / width), colour);
    }
  } else if (operation.kind === 'copy') {
    // As if the whole screen had been kept before: a place may overlap where it is copied to.
    const before = pixels.slice();
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const from = (operation.fromY + row) * screenWidth + operation.fromX + column;
        put(column, row, before[from] as number);
      }
    }
  } else {
    for (let top = 0; top < height; top += 64) {
      for (let left = 0; left < width; left += 64) {
        const [tileWidth, tileHeight] = [Math.min(64, width - left), Math.min(64, height - top)];
        readTile(inflated, tileWidth, tileHeight).forEach((pixel, index) => {
          put(left + (index % tileWidth), top + Math.floor(index / tileWidth), pixel);
        });
      }
    }
  }
}
