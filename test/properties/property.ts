import fc from 'fast-check';

/** What holds for every input of a kind. */
export interface Property {
  readonly title: string;
  /** How many inputs a quick run draws. */
  readonly inputs: number;
  /** Rejects with the smallest input that it found not to hold for. */
  check(inputs: number, seed: number): Promise<void>;
}

/** @param holds - Fails by answering false or by throwing. */
export function property<Input>(
  title: string,
  inputs: number,
  arbitrary: fc.Arbitrary<Input>,
  holds: (input: Input) => boolean | undefined,
): Property {
  return {
    title,
    inputs,
    async check(numRuns, seed) {
      fc.assert(
        fc.property(arbitrary, (input) => holds(input) ?? true),
        { numRuns, seed },
      );
    },
  };
}

/**
 * The same for what is dear to start: one start judges many inputs, and answers with one result for each.
 *
 * @param expected - What each result has to be.
 */
export function propertyOfMany<Input>(
  title: string,
  inputs: number,
  arbitrary: fc.Arbitrary<Input>,
  results: (inputs: readonly Input[]) => readonly string[],
  expected: (input: Input) => string,
): Property {
  return {
    title,
    inputs,
    async check(wanted, seed) {
      const size = Math.min(wanted, MANY);
      const many = fc.array(arbitrary, { minLength: size, maxLength: size });
      const holds = (batch: Input[]) => {
        const got = results(batch);
        const wrong = batch.findIndex((input, place) => got[place] !== expected(input));
        if (wrong < 0 && got.length === batch.length) return;
        throw new Error(`${JSON.stringify(batch[wrong])} became ${JSON.stringify(got[wrong])}`);
      };
      fc.assert(fc.property(many, holds), {
        numRuns: Math.ceil(wanted / size),
        seed,
        endOnFailure: true,
      });
    },
  };
}

const MANY = 5_000;
