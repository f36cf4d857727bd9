import { describe, expect, it } from 'vitest';
import { portFromPlatform } from './receive-sid.js';

/** A sid in the platform's JSON, and its port. */
const GOOD: readonly (readonly [json: string, port: number])[] = [
  ['1', 5901],
  ['4', 5904],
  ['99', 5999],
  ['59635', 65535],
  ['"1"', 5901],
  ['"4"', 5904],
  ['"99"', 5999],
  ['"5904"', 11804],
  ['"59635"', 65535],
  // Other JSON spellings of the same number.
  ['4.0', 5904],
  ['4e0', 5904],
  ['40e-1', 5904],
  ['0.4E+1', 5904],
];

const REFUSED = [
  // Out of range; 0 would be the base port.
  ...['0', '-0', '-1', '59636', '65535', '65536', '"0"', '"59636"', '1e5', '1e400', '-1e400'],
  ...['9007199254740993', '"9007199254740993"', `"${'9'.repeat(5_000)}"`],
  // Not integers.
  ...['4.5', '0.1', '1e-7', '"4.5"', '"4.0"'],
  // Strings that some languages parse as numbers.
  ...['""', '" "', '" 4"', '"4 "', '"4\\n"', '"+4"', '"-4"', '"04"', `"${'0'.repeat(400)}4"`],
  ...['"0x4"', '"0b1"', '"0o4"', '"4e0"', '"1e3"', '"4n"', '"1_0"', '"1,0"', '"Infinity"', '"NaN"'],
  ...['"４"', '"٤"', '"²"', '"④"', '"4\\u0000"', '"4\\u200b"'],
  ...['":4"', '"4:4"', '"gv101:4"', '"4;id"', '"4 4"'],
  // Other types, which JavaScript also converts to numbers.
  ...['null', 'true', 'false', '[]', '[4]', '["4"]', '{}', '{"sid":4}'],
];

describe('a sid from the platform', () => {
  it.each(GOOD)('%s is port %i', (json, port) => {
    expect(portFromPlatform(json)).toBe(port);
  });

  it.each(REFUSED)('%s is rejected', (json) => {
    expect(portFromPlatform(json)).toBeUndefined();
  });
});
