import fc from 'fast-check';
import { SEED } from '../helpers/deep.js';
import { openLockSimulation, type Plan } from './lock-simulation.js';
import { testWithInputs } from './property.js';

const MAX_PROCESSES = 4;
const NEVER = 0;
const plan: fc.Arbitrary<Plan> = fc.record({
  machine: fc.oneof({ arbitrary: fc.constant(0 as const), weight: 40 }, fc.constant(1 as const)),
  killedAt: fc.oneof(
    { arbitrary: fc.constant(NEVER), weight: 3 },
    { arbitrary: fc.integer({ min: 1, max: 20 }), weight: 1 },
    // While it holds the lock.
    { arbitrary: fc.integer({ min: 6, max: 8 }), weight: 1 },
  ),
});
/** Several consecutive calls of one process. */
const turn = fc
  .tuple(fc.nat(MAX_PROCESSES - 1), fc.integer({ min: 1, max: 9 }))
  .map(([process, calls]) => Array<number>(calls).fill(process));
const run = fc.tuple(
  fc.array(plan, { minLength: 2, maxLength: MAX_PROCESSES }),
  fc.array(turn, { maxLength: 60, size: 'max' }).map((turns) => turns.flat()),
);

testWithInputs(
  'interleaved processes, some of them killed, hold the lock one at a time, and all others get it',
  40,
  async (numRuns) => {
    const simulation = await openLockSimulation(MAX_PROCESSES);
    try {
      fc.assert(
        fc.property(run, ([plans, choices]) => simulation.run(plans, choices)),
        { numRuns, seed: SEED, endOnFailure: true },
      );
    } finally {
      await simulation.close();
    }
  },
);
