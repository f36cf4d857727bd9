/** Decides how many inputs the properties draw, and from which seed: the one place that does. */

/** `npm run test:deep` looks longer; the tests are the same. */
export const IS_DEEP = Boolean(process.env.HPC_DESK_TEST_DEEP);

/** Every property begins with this number; a failure is seen again with `HPC_DESK_TEST_SEED` set to it. */
export const SEED = readSeed(process.env.HPC_DESK_TEST_SEED);

/** What all properties together have to draw at least. */
export const MIN_INPUTS = IS_DEEP ? 5_000_000 : 200_000;

const DEEP_FACTOR = 11;

export function inputsOf({ inputs }: { readonly inputs: number }): number {
  return IS_DEEP ? inputs * DEEP_FACTOR : inputs;
}

function readSeed(text: string | undefined): number {
  return text === undefined || text === '' ? Date.now() & 0x7fff_ffff : Number(text);
}
