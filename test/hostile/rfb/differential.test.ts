import { afterAll, describe, expect, test } from 'vitest';
import { tellCount } from '../../helpers/tell-count.js';
import { countDifferences } from './count-differences.js';
import { lookAtBytes } from './played-stream.js';
import { randomStream } from './random-stream.js';
import { referencePicture } from './reference-picture.js';
import { seededRandom } from './seeded-random.js';

const isDeep = Boolean(process.env.HPC_DESK_TEST_DEEP);

/** Width, height, and with how many seeds. */
const SIZES: readonly (readonly [width: number, height: number, seeds: number])[] = [
  [1, 1, 10],
  [2, 1, 6],
  [1, 2, 6],
  [1, 64, 6],
  [65, 1, 6],
  [3, 5, 10],
  [7, 9, 10],
  [8, 8, 10],
  [16, 64, 10],
  [31, 33, 10],
  [63, 63, 10],
  [63, 65, 10],
  [64, 64, 10],
  [65, 63, 10],
  [65, 65, 10],
  [127, 129, 10],
  [128, 64, 10],
  [130, 70, 10],
  [255, 3, 8],
  [257, 191, 10],
  [333, 201, 10],
  [640, 480, 6],
  [801, 599, 6],
  [1366, 768, 2],
  [1920, 1080, 2],
  [4095, 2159, 1],
  [4096, 2160, 1],
];

const STREAMS = SIZES.flatMap(([width, height, seeds]) =>
  Array.from({ length: seeds * (isDeep ? 20 : 1) }, (_, seed) => ({ width, height, seed })),
);

describe(`a random stream (${STREAMS.length} of them)`, () => {
  const drawn = { raw: 0, copy: 0, zrle: 0 };
  afterAll(() => {
    tellCount('random streams of RFB, next to a reference', STREAMS.length);
    for (const [encoding, count] of Object.entries(drawn)) {
      expect(count, encoding).toBeGreaterThan(STREAMS.length / 2);
    }
  });

  test.each(STREAMS)(
    'of $width×$height, seed $seed, shows what it means',
    async (one) => {
      const seed = one.seed * 0x10001 + one.width * 31 + one.height;
      const { opening, initial, messages, meant, counts } = randomStream(seed, one);
      drawn.raw += counts.raw;
      drawn.copy += counts.copy;
      drawn.zrle += counts.zrle;
      const random = seededRandom(seed);
      const longest = random.pick([1, 7, 1500, 65_536, messages.length]);
      // Few bytes at a time only where there are few.
      const shortest = Math.ceil(messages.length / 2_000);
      const pieceBytes = () => random.between(shortest, Math.max(shortest, longest));

      const seen = await lookAtBytes(Buffer.concat([opening, messages]), pieceBytes);
      const reference = referencePicture(messages, initial);
      expect(reference && countDifferences(reference, meant), 'the reference').toBe(0);
      expect(countDifferences(seen, meant), 'our client').toBe(0);
    },
    120_000,
  );
});
