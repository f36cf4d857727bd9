/**
 * A reference model of an RFB client, written from RFC 6143 and nothing else: slow, plain, for one pixel format, and
 * for streams that are right. First the operations of a stream (§7.6, §7.7, §7.8), then what they paint.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

export type Operation =
  | { readonly kind: 'raw' | 'zrle'; readonly area: Area; readonly data: Buffer }
  | { readonly kind: 'copy'; readonly area: Area; readonly fromX: number; readonly fromY: number }
  | { readonly kind: 'resize'; readonly size: Size };

/** Everything that paints, up to the end of the update after which no pixel is bare; undefined if that never comes. */
export function operationsUntilWhole(bytes: Buffer, initial: Size): Operation[] | undefined {
  const operations: Operation[] = [];
  let size = initial;
  let bare = everyPixel(size);
  let at = 0;
  while (at < bytes.length) {
    const type = bytes.readUInt8(at);
    if (type === 1) at += 6 + 6 * bytes.readUInt16BE(at + 4);
    else if (type === 2) at += 1;
    else if (type === 3) at += 8 + bytes.readUInt32BE(at + 4);
    else if (type === 0) {
      let left = bytes.readUInt16BE(at + 2);
      at += 4;
      for (; left > 0; left -= 1) {
        const [x, y, width, height] = [0, 2, 4, 6].map((offset) => bytes.readUInt16BE(at + offset));
        const area = { x, y, width, height } as Area;
        const encoding = bytes.readInt32BE(at + 8);
        at += 12;
        if (encoding === -224) break;
        if (encoding === -223) {
          size = { width: area.width, height: area.height };
          bare = everyPixel(size);
          operations.push({ kind: 'resize', size });
          continue;
        }
        const [operation, length] = readOperation(bytes, at, area, encoding);
        operations.push(operation);
        at += length;
        for (let row = 0; row < area.height; row += 1) {
          const start = (area.y + row) * size.width + area.x;
          bare.fill(0, start, start + area.width);
        }
      }
      if (!bare.includes(1)) return operations;
    } else throw new Error(`message ${type}`);
  }
  return undefined;
}

function readOperation(
  bytes: Buffer,
  at: number,
  area: Area,
  encoding: number,
): readonly [Operation, length: number] {
  const slice = (from: number, length: number) => {
    if (from + length > bytes.length) throw new Error('too short');
    return bytes.subarray(from, from + length);
  };
  if (encoding === 0) {
    const length = area.width * area.height * 4;
    return [{ kind: 'raw', area, data: slice(at, length) }, length];
  }
  if (encoding === 1) {
    const [fromX, fromY] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    return [{ kind: 'copy', area, fromX, fromY }, 4];
  }
  if (encoding !== 16) throw new Error(`encoding ${encoding}`);
  const length = bytes.readUInt32BE(at);
  return [{ kind: 'zrle', area, data: slice(at + 4, length) }, 4 + length];
}

function everyPixel({ width, height }: Size): Uint8Array {
  return new Uint8Array(width * height).fill(1);
}
