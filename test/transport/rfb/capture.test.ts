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

/** SetPixelFormat, SetEncodings, and a non-incremental request (RFC 6143 §7.5.1, §7.5.2, §7.5.3). */
const FIRST = `00 000000 20 18 00 01 00ff 00ff 00ff 10 08 00 000000
  02 00 0005 00000010 00000001 00000000 ffffff21 ffffff20
  03 00 0000 0000 0002 0002`;
const BELL = hex('02');

describe('the next FramebufferUpdateRequest', () => {
  test.each([
    ['is full after an update without rectangles', update([]), '03 00 0000 0000 0002 0002'],
    ['is incremental after a part', update([raw([0, 0, 2, 1])]), '03 01 0000 0000 0002 0002'],
    ['is full after an empty rectangle', update([raw([0, 0, 0, 2])]), '03 00 0000 0000 0002 0002'],
    ['is full at the new size after a resize', update([resize(1, 3)]), '03 00 0000 0000 0001 0003'],
    [
      'is incremental after a resize and a part',
      update([resize(1, 3), raw([0, 0, 1, 1])]),
      '03 01 0000 0000 0001 0003',
    ],
    [
      'is full after a resize that follows the whole picture',
      update([raw([0, 0, 2, 2]), resize(2, 2)]),
      '03 00 0000 0000 0002 0002',
    ],
    [
      'is incremental after a part, then full after a resize',
      join(update([raw([0, 0, 2, 1])]), update([resize(2, 1)])),
      '03 01 0000 0000 0002 0002  03 00 0000 0000 0002 0001',
    ],
    ['is not sent after a bell', BELL, ''],
    ['is not sent after a clipboard', cutText(hex('00')), ''],
    ['is not sent after the whole picture', update([raw([0, 0, 2, 2])]), ''],
  ])('%s (RFC 6143 §7.5.3)', async (_, said, request) => {
    const { asked } = await captureFrom(said, [2, 2]);
    expect(asked).toEqual(hex(FIRST + request));
  });
});

describe('before the whole picture the client', () => {
  const whole = update([raw([0, 0, 2, 2])]);
  const bells = (count: number) => Buffer.alloc(count, 2);
  const colours = (count: number) => join(hex('01 00 0007'), u16(count), zeros(count * 6));

  test.each([
    ['a bell (RFC 6143 §7.6.3)', BELL],
    ['999 bells', bells(999)],
    ['SetColourMapEntries without a colour (§7.6.2)', colours(0)],
    ['SetColourMapEntries with two colours', colours(2)],
    ['SetColourMapEntries with 65,535 colours', colours(65_535)],
    ['an empty clipboard (§7.6.4)', cutText(zeros(0))],
    ['a clipboard with non-zero padding', hex('03 ffffff 00000002 0000')],
    ['a clipboard of 256 KiB', cutText(zeros(262_144))],
    ['an update without rectangles (§7.6.1)', update([])],
    ['an update that ends with LastRect', update([lastRect()], 65_535)],
    ['a LastRect with a position and a size', update([rectangle([9, 9, 9, 9], -224)], 2)],
    ['an empty ZRLE rectangle (§7.7.6)', update([zrle([0, 0, 0, 2], zeros(0))])],
    ['eight resizes (§7.8.2)', update(Array(8).fill(resize(2, 2)))],
  ])('accepts %s', async (_, said) => {
    const { outcome } = await captureFrom(join(said, whole), [2, 2]);
    expect(outcome).toMatchObject({ widthPx: 2, heightPx: 2 });
  });

  test.each([
    ['1000 bells', bells(1_000), /^sends 1000 messages without completing a frame$/],
    [
      'a clipboard of 256 KiB and one byte',
      cutText(zeros(0), 262_145),
      /^announces a clipboard of 262145 b/,
    ],
    [
      'an extended clipboard',
      cutText(zeros(0), -12),
      /^announces a clipboard of 4294967284 bytes$/,
    ],
    ['message type 4', hex('04'), /^sends a message of the unknown type 4$/],
    ['message type 255', hex('ff'), /unknown type 255$/],
    [
      'RRE, which it did not request',
      update([rectangle([0, 0, 2, 2], 2)]),
      /^sends encoding 2, which was not requested/,
    ],
    [
      'a Cursor rectangle, which it did not request',
      update([rectangle([0, 0, 2, 2], -239)]),
      /encoding -239, which was not requested/,
    ],
    ['Raw outside', update([raw([1, 0, 2, 2])]), /^sends a rectangle 2×2\+1\+0 outside of 2×2$/],
    ['CopyRect from outside', update([copy([0, 0, 1, 1], 2, 0)]), /1×1\+2\+0 outside/],
    ['an empty CopyRect from outside', update([copy([0, 0, 0, 0], 0, 3)]), /0×0\+0\+3 outside/],
    [
      'one tile too many',
      update([zrle([0, 0, 2, 2], hex('01 000000 01'))]),
      /^sends more tiles than its/,
    ],
    ['a tile in an empty rectangle', update([zrle([0, 0, 0, 0], hex('01'))]), /more tiles/],
    ['nine resizes', update(Array(9).fill(resize(2, 2))), /^resizes too often$/],
  ])('rejects %s', async (_, said, reason) => {
    const { outcome } = await captureFrom(join(said, whole), [2, 2]);
    expect(outcome).toBeInstanceOf(ProtocolError);
    expect(outcome).toMatchObject({ message: expect.stringMatching(reason) });
  });
});

describe('the rectangle budget', () => {
  /** `count` empty rectangles of the maximum height, then the whole picture. */
  const endingAfter = (count: number, empty: Buffer) =>
    join(
      ...Array(Math.floor(count / 50_000)).fill(update(Array(50_000).fill(empty))),
      update([...Array(count % 50_000).fill(empty), raw([0, 0, 1, 16_384])]),
    );

  test('allows a million rectangles, and empty ones are cheap', async () => {
    const said = endingAfter(999_999, copy([0, 0, 0, 16_384], 0, 0));
    const { outcome } = await captureFrom(quickReader(said), [1, 16_384]);
    expect(outcome).toMatchObject({ widthPx: 1, heightPx: 16_384 });
  });

  test('copying columns of one pixel does not block the event loop', async () => {
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

  test('rejects one rectangle more', async () => {
    const said = endingAfter(1_000_000, raw([0, 0, 0, 16_384]));
    const { outcome } = await captureFrom(quickReader(said), [1, 16_384]);
    expect(outcome).toBeInstanceOf(ProtocolError);
    expect(outcome).toMatchObject({
      message: 'sends 1000000 rectangles without completing a frame',
    });
  });
});

/** A reader without a stream, which would take most of the time of a million reads. */
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
