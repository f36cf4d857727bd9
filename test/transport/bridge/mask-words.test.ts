import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { mask, unmask } from '../../../src/transport/bridge/mask-words.js';

const KEY = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** RFC 6455 §5.3, as it stands there. */
function byTheBook(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ (KEY[index % 4] ?? 0)));
}

it('masks as RFC 6455 says, for every length at every alignment', () => {
  const wrong: string[] = [];
  for (let alignment = 0; alignment < 8; alignment += 1) {
    for (let length = 0; length <= 70; length += 1) {
      const bytes = randomBytes(length);
      const within = Buffer.from(new ArrayBuffer(100));
      bytes.copy(within, alignment);
      unmask(within.subarray(alignment, alignment + length), KEY);
      const others = [within.subarray(0, alignment), within.subarray(alignment + length)];
      const isRight = within.subarray(alignment, alignment + length).equals(byTheBook(bytes));
      const isAlone = others.every((part) => part.every((byte) => byte === 0));
      if (!isRight || !isAlone) wrong.push(`${length} at ${alignment}`);
    }
  }
  expect(wrong).toEqual([]);
});

it('masks into another buffer and leaves the source', () => {
  const source = Buffer.from('RFB 003.008\n');
  const output = Buffer.alloc(20);
  mask(source, KEY, output, 3, source.length);
  expect(output.subarray(3, 15)).toEqual(byTheBook(source));
  expect(source.toString()).toBe('RFB 003.008\n');
});
