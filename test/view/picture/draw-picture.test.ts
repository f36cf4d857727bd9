import { describe, expect, test } from 'vitest';
import {
  drawByKitty,
  drawHalfBlocks,
  drawPicture,
} from '../../../src/view/picture/draw-picture.js';

describe('half blocks', () => {
  test('draw two pixels per character, the upper one in the foreground colour', () => {
    const picture = { widthPx: 1, heightPx: 2, pixels: Uint32Array.of(0xff0000, 0x0000ff) };
    expect(drawHalfBlocks(picture, 80)).toBe('\x1b[38;2;255;0;0m\x1b[48;2;0;0;255m▀\x1b[0m');
  });

  test('keep the default background below an odd last row', () => {
    const picture = { widthPx: 1, heightPx: 1, pixels: Uint32Array.of(0x010203) };
    expect(drawHalfBlocks(picture, 80)).toBe('\x1b[38;2;1;2;3m\x1b[49m▀\x1b[0m');
  });

  test('average the pixels of a picture that is scaled down', () => {
    const pixels = Uint32Array.of(0x000000, 0xffffff, 0x000000, 0xffffff);
    expect(drawHalfBlocks({ widthPx: 2, heightPx: 2, pixels }, 1)).toContain('38;2;128;128;128m');
  });

  test.each([
    [1920, 1080, 80, 80, 23],
    [1920, 1080, 20, 20, 6],
    [3, 2, 80, 3, 1],
    [16_384, 1, 80, 80, 1],
    [1, 1000, 80, 1, 500],
  ])('draw %i×%i in %i columns as %i×%i characters', (widthPx, heightPx, columns, width, lines) => {
    const pixels = new Uint32Array(widthPx * heightPx);
    const drawn = drawHalfBlocks({ widthPx, heightPx, pixels }, columns).split('\n');
    expect(drawn).toHaveLength(lines);
    for (const line of drawn) expect(line.match(/▀/g)).toHaveLength(width);
  });
});

describe('kitty', () => {
  test('receives the PNG in chunks of at most 4096 bytes, with responses suppressed (q=2)', () => {
    const png = Buffer.alloc(10_000, 7);
    const parts = drawByKitty(png, 100).split('\x1b\\').slice(0, -1);
    const read = parts.map((part) => /^\x1b_G([^;]*);(.*)$/.exec(part) ?? []);
    expect(read.map(([, head]) => head)).toEqual([
      'a=T,f=100,q=2,c=100,m=1',
      'q=2,m=1',
      'q=2,m=1',
      'q=2,m=0',
    ]);
    const bodies = read.map(([, , body = '']) => body);
    expect(Math.max(...bodies.map((body) => body.length))).toBeLessThanOrEqual(4096);
    expect(Buffer.from(bodies.join(''), 'base64')).toEqual(png);
  });
});

test('iTerm2 receives the PNG in one sequence', () => {
  const picture = { widthPx: 1, heightPx: 1, pixels: Uint32Array.of(0) };
  const drawing = { graphics: 'iterm', picture, png: Buffer.from('png') } as const;
  expect(drawPicture(drawing, 80)).toBe(
    '\x1b]1337;File=inline=1;size=3;width=100%;preserveAspectRatio=1:cG5n\x07',
  );
});
