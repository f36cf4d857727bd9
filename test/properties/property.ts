import fc from 'fast-check';
import { it } from 'vitest';
import { IS_DEEP, SEED } from '../helpers/deep.js';
import { printCount } from '../helpers/print-count.js';

const DEEP_FACTOR = 100;
const MANY = 1_000;

/**
 * A test of a property that holds for all inputs.
 *
 * @param inputs - The number of inputs in a quick run.
 * @param holds - Fails by returning false or throwing.
 */
export function property<Input>(
  title: string,
  inputs: number,
  arbitrary: fc.Arbitrary<Input>,
  holds: (input: Input) => boolean | undefined,
): void {
  testWithInputs(title, inputs, (numRuns) => {
    fc.assert(
      fc.property(arbitrary, (input) => holds(input) ?? true),
      { numRuns, seed: SEED },
    );
  });
}

/**
 * The same for programs that start slowly: one run checks many inputs and returns one result for each.
 *
 * @param expected - The expected result of an input.
 */
export function propertyOfMany<Input>(
  title: string,
  inputs: number,
  arbitrary: fc.Arbitrary<Input>,
  results: (inputs: readonly Input[]) => readonly string[],
  expected: (input: Input) => string,
): void {
  testWithInputs(title, inputs, (wanted) => {
    const size = Math.min(wanted, MANY);
    const many = fc.array(arbitrary, { minLength: size, maxLength: size });
    const holds = (batch: Input[]) => {
      const got = results(batch);
      const wrong = batch.findIndex((input, place) => got[place] !== expected(input));
      if (wrong < 0 && got.length === batch.length) return;
      throw new Error(`${JSON.stringify(batch[wrong])} became ${JSON.stringify(got[wrong])}`);
    };
    const numRuns = Math.ceil(wanted / size);
    fc.assert(fc.property(many, holds), { numRuns, seed: SEED, endOnFailure: true });
  });
}

/** A test that receives the number of inputs to draw. */
export function testWithInputs(
  title: string,
  inputs: number,
  check: (inputs: number) => void | Promise<void>,
): void {
  it(title, { timeout: 3_600_000 }, async () => {
    const wanted = IS_DEEP ? inputs * DEEP_FACTOR : inputs;
    await check(wanted);
    printCount('property test inputs', wanted);
  });
}
