import { describe, expect, test } from 'vitest';
import type { ByteReader } from '../../../src/transport/rfb/byte-reader.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import {
  copy,
  cutText,
  hex,
  join,
  lastRect,
  raw,
  rectangle,
  resize,
  u16,
  update,
  zeros,
  zrle,
} from '../../hostile/rfb-parts.js';
import { captureFrom } from './capture-from.js';

/** SetPixelFormat, SetEncodings, and the request for all (RFC 6143 §7.5.1, §7.5.2, §7.5.3). */
const FIRST = `00 000000 20 18 00 01 00ff 00ff 00ff 10 08 00 000000
  02 00 0005 00000010 00000001 00000000 ffffff21 ffffff20
  03 00 0000 0000 0002 0002`;
const BELL = hex('02');

describe('after', () => {
  test.each([
    [
      'an update without rectangles, all is asked for again',
      update([]),
      '03 00 0000 0000 0002 0002',
    ],
    ['a part, what changes', update([raw([0, 0, 2, 1])]), '03 01 0000 0000 0002 0002'],
    ['an empty rectangle, all', update([raw([0, 0, 0, 2])]), '03 00 0000 0000 0002 0002'],
    ['another size, all of that', update([resize(1, 3)]), '03 00 0000 0000 0001 0003'],
    [
      'another size and a part, what changes',
      update([resize(1, 3), raw([0, 0, 1, 1])]),
      '03 01 0000 0000 0001 0003',
    ],
    [
      'a picture that has lost its size, all',
      update([raw([0, 0, 2, 2]), resize(2, 2)]),
      '03 00 0000 0000 0002 0002',
    ],
    [
      'two halves and a new size, one after the other',
      join(update([raw([0, 0, 2, 1])]), update([resize(2, 1)])),
      '03 01 0000 0000 0002 0002  03 00 0000 0000 0002 0001',
    ],
    ['a bell, nothing', BELL, ''],
    ['a clipboard, nothing', cutText(hex('00')), ''],
    ['the whole picture, nothing', update([raw([0, 0, 2, 2])]), ''],
  ])('%s (RFC 6143 §7.5.3)', async (_, said, request) => {
    const { asked } = await captureFrom(said, [2, 2]);
    expect(asked).toEqual(hex(FIRST + request));
  });
});

describe('before its picture a desktop', () => {
  const whole = update([raw([0, 0, 2, 2])]);
  const bells = (count: number) => Buffer.alloc(count, 2);
  const colours = (count: number) => join(hex('01 00 0007'), u16(count), zeros(count * 6));

  test.each([
    ['rings (RFC 6143 §7.6.3)', BELL],
    ['rings 999 times', bells(999)],
    ['sets no colour (§7.6.2)', colours(0)],
    ['sets two colours', colours(2)],
    ['sets 65,535 colours', colours(65_535)],
    ['has an empty clipboard (§7.6.4)', cutText(zeros(0))],
    ['has a clipboard whose padding is rubbish', hex('03 ffffff 00000002 0000')],
    ['has a clipboard of 256 KiB', cutText(zeros(262_144))],
    ['sends an update without rectangles (§7.6.1)', update([])],
    ['ends an update with LastRect', update([lastRect()], 65_535)],
    ['ends one whose LastRect has a place', update([rectangle([9, 9, 9, 9], -224)], 2)],
    ['sends an empty tile (§7.7.6)', update([zrle([0, 0, 0, 2], zeros(0))])],
    ['changes its size eight times (§7.8.2)', update(Array(8).fill(resize(2, 2)))],
  ])('%s', async (_, said) => {
    const { outcome } = await captureFrom(join(said, whole), [2, 2]);
    expect(outcome).toMatchObject({ widthPx: 2, heightPx: 2 });
  });

  test.each([
    ['rings 1000 times', bells(1_000), /^sends 1000 messages without completing a frame$/],
    [
      'has 256 KiB of clipboard and one',
      cutText(zeros(0), 262_145),
      /^announces a clipboard of 262145 b/,
    ],
    [
      'has an extended clipboard',
      cutText(zeros(0), -12),
      /^announces a clipboard of 4294967284 bytes$/,
    ],
    ['sends the type 4', hex('04'), /^sends a message of the unknown type 4$/],
    ['sends the type 255', hex('ff'), /unknown type 255$/],
    [
      'uses RRE, unasked',
      update([rectangle([0, 0, 2, 2], 2)]),
      /^sends encoding 2, which was not requested/,
    ],
    [
      'sends its cursor, unasked',
      update([rectangle([0, 0, 2, 2], -239)]),
      /encoding -239, which was not requested/,
    ],
    ['paints outside', update([raw([1, 0, 2, 2])]), /^sends a rectangle 2×2\+1\+0 outside of 2×2$/],
    ['copies from outside', update([copy([0, 0, 1, 1], 2, 0)]), /1×1\+2\+0 outside/],
    ['copies nothing from outside', update([copy([0, 0, 0, 0], 0, 3)]), /0×0\+0\+3 outside/],
    [
      'has a tile too much',
      update([zrle([0, 0, 2, 2], hex('01 000000 01'))]),
      /^sends more tiles than its/,
    ],
    ['has a tile in an empty rectangle', update([zrle([0, 0, 0, 0], hex('01'))]), /more tiles/],
    ['changes its size nine times', update(Array(9).fill(resize(2, 2))), /^resizes too often$/],
  ])('%s, which is refused', async (_, said, reason) => {
    const { outcome } = await captureFrom(join(said, whole), [2, 2]);
    expect(outcome).toBeInstanceOf(ProtocolError);
    expect(outcome).toMatchObject({ message: expect.stringMatching(reason) });
  });
});

describe('within the budget', () => {
  /** So many rectangles without a pixel, as high as a desktop may be, and the picture. */
  const endingAfter = (count: number, empty: Buffer) =>
    join(
      ...Array(Math.floor(count / 50_000)).fill(update(Array(50_000).fill(empty))),
      update([...Array(count % 50_000).fill(empty), raw([0, 0, 1, 16_384])]),
    );

  test('a picture may take a million rectangles, and empty ones cost next to nothing', async () => {
    const said = endingAfter(999_999, copy([0, 0, 0, 16_384], 0, 0));
    const { outcome } = await captureFrom(quickReader(said), [1, 16_384]);
    expect(outcome).toMatchObject({ widthPx: 1, heightPx: 16_384 });
  });

  test('others get their turn while columns of one pixel are copied', async () => {
    // 2 KB on the wire, and two million rows to copy.
    const columns = Array(130).fill(copy([1, 0, 1, 16_384], 0, 0));
    const said = update([raw([0, 0, 1, 16_384]), ...columns, raw([1, 0, 49, 16_384])]);
    let turns = 0;
    const count = () => {
      turns += 1;
      pending = setImmediate(count);
    };
    let pending = setImmediate(count);
    const { outcome } = await captureFrom(quickReader(said), [50, 16_384]);
    clearImmediate(pending);
    expect(outcome).toMatchObject({ widthPx: 50 });
    expect(turns).toBeGreaterThanOrEqual(2);
  });

  test('and one more is too many', async () => {
    const said = endingAfter(1_000_000, raw([0, 0, 0, 16_384]));
    const { outcome } = await captureFrom(quickReader(said), [1, 16_384]);
    expect(outcome).toBeInstanceOf(ProtocolError);
    expect(outcome).toMatchObject({
      message: 'sends 1000000 rectangles without completing a frame',
    });
  });
});

/** Without the stream, which would take most of the time of a million reads. */
function quickReader(bytes: Buffer): ByteReader {
  let at = 0;
  return {
    async read(count) {
      at += count;
      return bytes.subarray(at - count, at);
    },
    async skip(count) {
      at += count;
    },
  };
}
