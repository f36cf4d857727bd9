import { expect, test } from 'vitest';
import { shareReading } from '../../../src/transport/net/share-reading.js';

/** A reading for each call, which ends when the test says so. */
function openReadings() {
  const endings: { resolve(value: number): void; reject(error: Error): void }[] = [];
  const read = () =>
    new Promise<number>((resolve, reject) => {
      endings.push({ resolve, reject });
    });
  const hasBegun = async (count: number) => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(endings).toHaveLength(count);
  };
  return { read, endings, hasBegun };
}

test('all who ask at once are served by one reading', async () => {
  const { read, endings, hasBegun } = openReadings();
  const ask = shareReading(read);
  const answers = [ask(), ask(), ask()];
  await hasBegun(1);
  endings[0]?.resolve(7);
  expect(await Promise.all(answers)).toEqual([7, 7, 7]);
});

test('whoever asks while one is under way gets the next, which begins when that has ended', async () => {
  const { read, endings, hasBegun } = openReadings();
  const ask = shareReading(read);
  const first = ask();
  await hasBegun(1);
  const later = [ask(), ask()];
  await hasBegun(1);
  endings[0]?.resolve(1);
  expect(await first).toBe(1);
  await hasBegun(2);
  endings[1]?.resolve(2);
  expect(await Promise.all(later)).toEqual([2, 2]);
});

test('a reading that fails fails for those who share it, and the next is made all the same', async () => {
  const { read, endings, hasBegun } = openReadings();
  const ask = shareReading(read);
  const first = ask();
  await hasBegun(1);
  const second = ask();
  endings[0]?.reject(new Error('no table'));
  await expect(first).rejects.toThrow('no table');
  await hasBegun(2);
  endings[1]?.resolve(2);
  expect(await second).toBe(2);
});
