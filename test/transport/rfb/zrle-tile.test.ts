import { describe, expect, test } from 'vitest';
import { decodeTile } from '../../../src/transport/rfb/decoders/zrle.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import { hex } from '../../hostile/rfb-parts.js';

/** The start of the next tile, which must not be consumed. */
const NEXT = hex('ffffffff');

/** Decodes a tile; `isTaken` is whether exactly its bytes were consumed. */
function tile(bytes: string, [width, height]: readonly [number, number]) {
  const whole = hex(bytes);
  const pixels = new Uint32Array(width * height + 1).fill(0xabcdef);
  const taken = decodeTile(Buffer.concat([whole, NEXT]), { width, height }, pixels);
  return {
    isTaken: taken === whole.length,
    beyond: pixels.at(-1),
    pixels: [...pixels.slice(0, -1)],
  };
}

const colours = (count: number) =>
  Array.from({ length: count }, (_, index) => `${index.toString(16).padStart(2, '0')}0000`).join(
    '',
  );
const ROW_OF_16 = '0 1 2 3 4 5 6 7 8 9 a b c d e f';

describe('decodeTile (RFC 6143 §7.7.6)', () => {
  test.each([
    ['raw pixels', '00 010000 020000 030000 040000', 2, 2, '1 2 3 4'],
    ['raw pixels in the order blue, green, red', '00 010203', 1, 1, '30201'],
    ['a solid tile', '01 030201', 3, 2, '10203 10203 10203 10203 10203 10203'],
    ['a palette of 2, one bit each', `02 ${colours(2)} 6a`, 8, 1, '0 1 1 0 1 0 1 0'],
    ['a palette of 2, each row padded to a byte', `02 ${colours(2)} 80 7f`, 1, 2, '1 0'],
    ['a palette of 2, 9 pixels wide', `02 ${colours(2)} 00 80`, 9, 1, '0 0 0 0 0 0 0 0 1'],
    ['a palette of 3, two bits each', `03 ${colours(3)} 18`, 4, 1, '0 1 2 0'],
    ['a palette of 4, two bits each', `04 ${colours(4)} 1b`, 4, 1, '0 1 2 3'],
    ['a palette of 4, 5 pixels wide', `04 ${colours(4)} 1b c0`, 5, 1, '0 1 2 3 3'],
    ['a palette of 5, four bits each', `05 ${colours(5)} 43 21`, 4, 1, '4 3 2 1'],
    ['a palette of 5, 3 pixels wide', `05 ${colours(5)} 43 2f 01 2f`, 3, 2, '4 3 2 0 1 2'],
    ['a palette of 16, four bits each', `10 ${colours(16)} 0123456789abcdef`, 16, 1, ROW_OF_16],
    ['plain RLE', '80 010000 00 020000 02', 2, 2, '1 2 2 2'],
    ['a run of 255', '80 010000 fe', 255, 1, '1 '.repeat(255)],
    ['a run of 256', '80 010000 ff00', 16, 16, '1 '.repeat(256)],
    ['a run of 257', '80 010000 ff01', 257, 1, '1 '.repeat(257)],
    ['a run of 511', '80 010000 ffff00', 511, 1, '1 '.repeat(511)],
    ['palette RLE of 2, single pixels', `82 ${colours(2)} 00 01 01`, 3, 1, '0 1 1'],
    ['palette RLE of 2, with runs', `82 ${colours(2)} 80 01 81 00`, 3, 1, '0 0 1'],
    ['palette RLE of 127', `ff ${colours(127)} 7e fe 00`, 2, 1, '7e 7e'],
  ])('decodes %s', (_, bytes, width, height, digits) => {
    const pixels = digits
      .trim()
      .split(' ')
      .map((one) => Number.parseInt(one, 16));
    expect(tile(bytes, [width, height])).toEqual({ isTaken: true, beyond: 0xabcdef, pixels });
  });

  test.each([
    ['the unused subencoding 17', '11', /^sends a tile with the unknown subencoding 17$/],
    ['the unused subencoding 127', '7f', /subencoding 127$/],
    ['the unused subencoding 129', '81', /subencoding 129$/],
    ['a run that is one pixel too long', '80 010000 04', /^sends a run that exceeds its tile$/],
    ['two runs, the last one too long', '80 010000 02 010000 01', /run that exceeds/],
    ['a palette run that is too long', `82 ${colours(2)} 80 04`, /run that exceeds/],
    ['a run length that does not end', '80 010000 ff', /run that exceeds/],
    ['index 2 in a palette of 2', `82 ${colours(2)} 02`, /^sends a palette index out of range$/],
    ['a run of index 2 in a palette of 2', `82 ${colours(2)} 82 00`, /palette index/],
    ['index 3 in a palette of 3, two bits', `03 ${colours(3)} c0 00`, /palette index/],
    ['index 5 in a palette of 5, four bits', `05 ${colours(5)} 50 00`, /palette index/],
  ])('rejects %s', (_, bytes, reason) => {
    const decode = () => tile(bytes, [2, 2]);
    expect(decode).toThrow(ProtocolError);
    expect(decode).toThrow(reason);
  });

  test.each([
    ['a missing subencoding', ''],
    ['an incomplete raw pixel', '00 010000 020000 030000 0400'],
    ['an incomplete solid colour', '01 0000'],
    ['an incomplete palette', '02 000000 0100'],
    ['a missing last row', `02 ${colours(2)} 80`],
    ['a missing run length', '80 010000'],
    ['a missing palette run length', `82 ${colours(2)} 00 00 81`],
  ])('rejects truncated data: %s', (_, bytes) => {
    const decode = () => decodeTile(hex(bytes), { width: 2, height: 2 }, new Uint32Array(4));
    expect(decode).toThrow(ProtocolError);
    expect(decode).toThrow('sends a truncated tile');
  });
});
