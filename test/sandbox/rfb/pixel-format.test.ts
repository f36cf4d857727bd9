import { expect, test } from 'vitest';
import { createPixelWriter } from '../../../src/sandbox/rfb/pixel-format.js';

// Byte vectors written from RFC 6143 §7.4, with three bytes of padding.
const FORMATS = {
  native: '20180001 00ff 00ff 00ff 100800 000000',
  bigEndian: '20180101 00ff 00ff 00ff 100800 000000',
  rgb565: '10100001 001f 003f 001f 0b0500 000000',
  rgb565BigEndian: '10100101 001f 003f 001f 0b0500 000000',
  bgr233: '08080001 0007 0007 0003 000306 000000',
};
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

test.each([
  ['a colour map', '08080000 0007 0007 0003 000306 000000'],
  ['24 bits per pixel', '18180001 00ff 00ff 00ff 100800 000000'],
  ['a shift beyond the pixel', '20180001 00ff 00ff 00ff 200800 000000'],
])('%s is rejected', (_, hex) => {
  expect(createPixelWriter(bytes(hex))).toBeUndefined();
});

test.each<[keyof typeof FORMATS, number, string]>([
  ['native', 0x123456, '56341200'],
  ['bigEndian', 0x123456, '00123456'],
  ['bigEndian', 0xffffff, '00ffffff'],
  ['rgb565', 0xff0000, '00f8'],
  ['rgb565', 0x00ff00, 'e007'],
  ['rgb565BigEndian', 0x0000ff, '001f'],
  ['bgr233', 0xff0000, '07'],
  ['bgr233', 0xffffff, 'ff'],
  ['bgr233', 0x0000ff, 'c0'],
])('%s writes %i as %s', (name, rgb, expected) => {
  const pixels = createPixelWriter(bytes(FORMATS[name]));
  const target = Buffer.alloc(pixels?.bytesPerPixel ?? 0);
  pixels?.write(target, 0, rgb);
  expect(target.toString('hex')).toBe(expected);
});
