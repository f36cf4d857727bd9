import fc from 'fast-check';
import { describe, expect, type TestContext, test, vi } from 'vitest';
import { isDeskError } from '../../../src/errors/desk-error.js';
import { decodeTile } from '../../../src/transport/rfb/decoders/zrle.js';
import { parseGreeting } from '../../../src/transport/rfb/greeting.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import { IS_DEEP } from '../../helpers/deep.js';
import { printCount } from '../../helpers/print-count.js';
import { hex, join, text, zeros } from '../rfb-parts.js';
import { CONVERSATIONS, OPENINGS, pictureOrRefusal } from './fuzz-parts.js';
import { mutate, mutations } from './mutations.js';
import { randomTile } from './random-tile.js';
import { seededRandom } from './seeded-random.js';
import { watchMemory } from './watch-memory.js';

/** Fixed in a quick run; a failure prints it with the path to the smallest input. */
const SEED = IS_DEEP ? Date.now() % 2 ** 31 : 6143;
const TIMES = IS_DEEP ? 100 : 1;
/** Per test: inputs beyond it are skipped, which the reported count shows. */
const LIMIT_MS = IS_DEEP ? 20 * 60_000 : 60_000;
/** The largest framebuffer, plus what the test itself needs. */
const MAX_GROWTH_BYTES = 384 * 1024 * 1024;

vi.setConfig({ testTimeout: LIMIT_MS * 3 });

/** Tries this many inputs, or as many as the time limit allows, and records the number. */
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
  });
  const grownBytes = memory.grownBytes();
  await annotate(`${outcome.numRuns} inputs`);
  printCount('fuzzed RFB inputs', outcome.numRuns);
  if (outcome.failed) throw new Error(fc.defaultReportMessage(outcome));
  expect(grownBytes).toBeLessThan(MAX_GROWTH_BYTES);
}

const side = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(17, 63, 64));
type MakeTile = (width: number, height: number) => Buffer;
const tileOrRubbish: fc.Arbitrary<MakeTile> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => () => Buffer.from(bytes)),
  fc.tuple(fc.nat(), mutations).map(([seed, changes]) => (width: number, height: number) => {
    const { bytes } = randomTile(seededRandom(seed), width, height);
    return mutate(Buffer.from(bytes), changes);
  }),
);

describe(`random input from a VNC server (seed ${SEED})`, () => {
  test('parseGreeting returns a version, an error or undefined', async (context) => {
    const heads = ['', 'RFB ', 'RFB 003.00', 'RFB 003.008\n', 'RFB 003.008\n\0\0\0\0'];
    const tail = fc.uint8Array({ maxLength: 40 });
    const property = fc.property(fc.constantFrom(...heads), tail, (head, more) => {
      const judged = parseGreeting(Buffer.concat([text(head), more]), '127.0.0.1:5901');
      const isVersion = typeof judged === 'string' && /^\d{3}\.\d{3}$/.test(judged);
      return isVersion || judged === undefined || isDeskError(judged);
    });
    await tryInputs(context, 2_000, property);
  });

  test('a valid ZRLE tile decodes to its pixels', async (context) => {
    const property = fc.property(side, side, fc.nat(), (width, height, seed) => {
      const { bytes, pixels } = randomTile(seededRandom(seed), width, height);
      const decoded = new Uint32Array(width * height);
      const taken = decodeTile(Buffer.from(bytes), { width, height }, decoded);
      return taken === bytes.length && pixels.every((pixel, index) => pixel === decoded[index]);
    });
    await tryInputs(context, 2_000, property);
  });

  test('a mutated or random ZRLE tile is decoded or rejected', async (context) => {
    const property = fc.property(side, side, tileOrRubbish, (width, height, make) => {
      const bytes = make(width, height);
      const pixels = new Uint32Array(width * height);
      try {
        return decodeTile(bytes, { width, height }, pixels) <= bytes.length;
      } catch (error) {
        return error instanceof ProtocolError;
      }
    });
    await tryInputs(context, 4_000, property);
  });

  test('a mutated conversation ends in a picture or an expected error', async (context) => {
    const piece = fc.constantFrom(1, 3, 50, 100_000);
    const property = fc.asyncProperty(
      fc.constantFrom(...CONVERSATIONS),
      piece,
      mutations,
      async (conversation, size, changes) => {
        await pictureOrRefusal(mutate(conversation, changes), () => size);
      },
    );
    await tryInputs(context, 4_000, property);
  });

  test('random bytes after a handshake end in a picture or an expected error', async (context) => {
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
    await tryInputs(context, 4_000, property);
  });
});
