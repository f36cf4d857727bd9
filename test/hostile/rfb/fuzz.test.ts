import fc from 'fast-check';
import { describe, expect, type TestContext, test, vi } from 'vitest';
import { isDeskError } from '../../../src/errors/desk-error.js';
import { judgeGreeting } from '../../../src/transport/rfb/greeting.js';
import { tellCount } from '../../helpers/tell-count.js';
import { hex, join, text, zeros } from '../rfb-parts.js';
import { countDifferences } from './count-differences.js';
import { isDecodedAlike, OPENINGS, pictureOrRefusal, STREAMS } from './fuzz-parts.js';
import { mutate, mutations } from './mutations.js';
import { randomTile } from './random-tile.js';
import { referencePicture } from './reference-picture.js';
import { seededRandom } from './seeded-random.js';
import { watchMemory } from './watch-memory.js';

const isDeep = Boolean(process.env.HPC_DESK_TEST_DEEP);
/** The same each time in the quick run; a failure prints it, with the path to the smallest input. */
const SEED = isDeep ? Date.now() % 2 ** 31 : 6143;
const TIMES = isDeep ? 33 : 1;
/** For one test: what was not tried by then is left out, and the count says so. */
const LIMIT_MS = isDeep ? 20 * 60_000 : 12_000;
/** One input, which is all in memory. */
const INPUT_LIMIT_MS = 5_000;
/** The largest framebuffer, and what the test itself needs. */
const MAX_GROWTH_BYTES = 384 * 1024 * 1024;

vi.setConfig({ testTimeout: LIMIT_MS * 3 });

/** Tries so many inputs, or what the time allows, and notes how many they were. */
async function tryInputs<Inputs>(
  { annotate }: TestContext,
  inputs: number,
  property: fc.IRawProperty<Inputs>,
): Promise<void> {
  const memory = watchMemory();
  const outcome = await fc.check(property, {
    seed: SEED,
    numRuns: inputs * TIMES,
    interruptAfterTimeLimit: LIMIT_MS,
    timeout: INPUT_LIMIT_MS,
  });
  const grownBytes = memory.grownBytes();
  await annotate(`${outcome.numRuns} inputs`);
  tellCount('fuzzed inputs of RFB', outcome.numRuns);
  if (outcome.failed) throw new Error(fc.defaultReportMessage(outcome));
  expect(grownBytes).toBeLessThan(MAX_GROWTH_BYTES);
}

const anyStream = fc.constantFrom(...STREAMS);

describe(`whatever a desktop sends (seed ${SEED})`, () => {
  test('a greeting is a version, an error, or not yet whole', async (context) => {
    const heads = ['', 'RFB ', 'RFB 003.00', 'RFB 003.008\n', 'RFB 003.008\n\0\0\0\0'];
    const tail = fc.uint8Array({ maxLength: 40 });
    const property = fc.property(fc.constantFrom(...heads), tail, (head, more) => {
      const judged = judgeGreeting(Buffer.concat([text(head), more]), '127.0.0.1:5901');
      const isVersion = typeof judged === 'string' && /^\d{3}\.\d{3}$/.test(judged);
      return isVersion || judged === undefined || isDeskError(judged);
    });
    await tryInputs(context, 14_000, property);
  });

  test('a tile of any bytes is what the reference makes of it, or both refuse', async (context) => {
    const side = fc.integer({ min: 1, max: 12 });
    const tile = fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 200 }));
    const property = fc.property(side, side, tile, (width, height, [kind, rest]) =>
      isDecodedAlike(Buffer.from([kind, ...rest]), width, height),
    );
    await tryInputs(context, 14_000, property);
  });

  test('a mutated tile is what the reference makes of it, or both refuse', async (context) => {
    const side = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(17, 63, 64));
    const property = fc.property(
      side,
      side,
      fc.nat(),
      mutations,
      (width, height, seed, changes) => {
        const tile = randomTile(seededRandom(seed), width, height);
        return isDecodedAlike(mutate(Buffer.from(tile.bytes), changes), width, height);
      },
    );
    await tryInputs(context, 12_000, property);
  });

  test('messages are what the reference makes of them, or refused', async (context) => {
    let pictures = 0;
    const property = fc.asyncProperty(anyStream, mutations, async (stream, changes) => {
      const messages = mutate(stream.messages, changes);
      const picture = await pictureOrRefusal(join(stream.opening, messages));
      if (picture === undefined) return true;
      pictures += 1;
      const reference = referencePicture(messages, stream.initial);
      return reference !== undefined && countDifferences(reference, picture) === 0;
    });
    await tryInputs(context, 10_000, property);
    // Else it would say nothing.
    expect(pictures).toBeGreaterThan(100);
  });

  test('a whole conversation ends in a picture or an error', async (context) => {
    const piece = fc.constantFrom(1, 3, 50, 100_000);
    const property = fc.asyncProperty(
      anyStream,
      piece,
      mutations,
      async (stream, size, changes) => {
        const conversation = mutate(join(stream.opening, stream.messages), changes);
        await pictureOrRefusal(conversation, () => size);
      },
    );
    await tryInputs(context, 8_000, property);
  });

  test('rubbish after any way in ends in a picture or an error', async (context) => {
    const anything = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const afterSize = anything.map((more) => join(hex('0004 0004'), zeros(20), more));
    const password = fc.constantFrom(undefined, '', 'secret', '密码');
    const property = fc.asyncProperty(
      fc.constantFrom(...OPENINGS),
      fc.option(mutations, { nil: [] }),
      fc.oneof(anything, afterSize),
      password,
      async (opening, changes, rubbish, secret) => {
        await pictureOrRefusal(join(mutate(opening, changes), rubbish), undefined, secret);
      },
    );
    await tryInputs(context, 8_000, property);
  });
});
