import { describe, expect, test } from 'vitest';
import { decodeTile } from '../../../src/transport/rfb/decoders/zrle.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import { hex } from '../../hostile/rfb-parts.js';

/** Where a tile ends: what follows is the next one's. */
const NEXT = hex('ffffffff');

/** `size` is width and height; `digits` are the blue parts of all pixels, in hexadecimal. */
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

describe('a tile (RFC 6143 §7.7.6)', () => {
  test.each([
    ['raw', '00 010000 020000 030000 040000', 2, 2, '1 2 3 4'],
    ['raw, blue before green before red', '00 010203', 1, 1, '30201'],
    ['solid', '01 030201', 3, 2, '10203 10203 10203 10203 10203 10203'],
    ['of 2 colours, a bit each', `02 ${colours(2)} 6a`, 8, 1, '0 1 1 0 1 0 1 0'],
    ['of 2 colours, each row with its own byte', `02 ${colours(2)} 80 7f`, 1, 2, '1 0'],
    ['of 2 colours, 9 wide', `02 ${colours(2)} 00 80`, 9, 1, '0 0 0 0 0 0 0 0 1'],
    ['of 3 colours, two bits each', `03 ${colours(3)} 18`, 4, 1, '0 1 2 0'],
    ['of 4 colours, two bits each', `04 ${colours(4)} 1b`, 4, 1, '0 1 2 3'],
    ['of 4 colours, 5 wide', `04 ${colours(4)} 1b c0`, 5, 1, '0 1 2 3 3'],
    ['of 5 colours, four bits each', `05 ${colours(5)} 43 21`, 4, 1, '4 3 2 1'],
    ['of 5 colours, 3 wide', `05 ${colours(5)} 43 2f 01 2f`, 3, 2, '4 3 2 0 1 2'],
    ['of 16 colours, four bits each', `10 ${colours(16)} 0123456789abcdef`, 16, 1, ROW_OF_16],
    ['of runs', '80 010000 00 020000 02', 2, 2, '1 2 2 2'],
    ['of a run of 255', '80 010000 fe', 255, 1, '1 '.repeat(255)],
    ['of a run of 256', '80 010000 ff00', 16, 16, '1 '.repeat(256)],
    ['of a run of 257', '80 010000 ff01', 257, 1, '1 '.repeat(257)],
    ['of a run of 511', '80 010000 ffff00', 511, 1, '1 '.repeat(511)],
    ['of a palette of 2 and pixels', `82 ${colours(2)} 00 01 01`, 3, 1, '0 1 1'],
    ['of a palette of 2 and runs', `82 ${colours(2)} 80 01 81 00`, 3, 1, '0 0 1'],
    ['of a palette of 127', `ff ${colours(127)} 7e fe 00`, 2, 1, '7e 7e'],
  ])('%s is shown', (_, bytes, width, height, digits) => {
    const pixels = digits
      .trim()
      .split(' ')
      .map((one) => Number.parseInt(one, 16));
    expect(tile(bytes, [width, height])).toEqual({ isTaken: true, beyond: 0xabcdef, pixels });
  });

  test.each([
    ['of the unused kind 17', '11', /^sends a tile with the unknown subencoding 17$/],
    ['of the unused kind 127', '7f', /subencoding 127$/],
    ['of the unused kind 129', '81', /subencoding 129$/],
    ['of a run one too long', '80 010000 04', /^sends a run that exceeds its tile$/],
    ['of two runs, the last too long', '80 010000 02 010000 01', /run that exceeds/],
    ['of a palette run too long', `82 ${colours(2)} 80 04`, /run that exceeds/],
    ['of a run without end', '80 010000 ff', /run that exceeds/],
    ['of a colour beyond 2', `82 ${colours(2)} 02`, /^sends a palette index out of range$/],
    ['of a run of a colour beyond 2', `82 ${colours(2)} 82 00`, /palette index/],
    ['of a colour beyond 3, two bits', `03 ${colours(3)} c0 00`, /palette index/],
    ['of a colour beyond 5, four bits', `05 ${colours(5)} 50 00`, /palette index/],
  ])('%s is refused', (_, bytes, reason) => {
    const decode = () => tile(bytes, [2, 2]);
    expect(decode).toThrow(ProtocolError);
    expect(decode).toThrow(reason);
  });

  test.each([
    ['without a kind', ''],
    ['without a pixel', '00 010000 020000 030000 0400'],
    ['without its colour', '01 0000'],
    ['without a colour of its palette', '02 000000 0100'],
    ['without its last row', `02 ${colours(2)} 80`],
    ['without the length of a run', '80 010000'],
    ['without the rest of a length', `82 ${colours(2)} 00 00 81`],
  ])('%s ends too early', (_, bytes) => {
    const decode = () => decodeTile(hex(bytes), { width: 2, height: 2 }, new Uint32Array(4));
    expect(decode).toThrow(ProtocolError);
    expect(decode).toThrow('sends a truncated tile');
  });
});
