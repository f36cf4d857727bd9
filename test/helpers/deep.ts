/** Whether this is `npm run test:deep`, which runs the same tests with all cases. */
export const IS_DEEP = Boolean(process.env.HPC_DESK_TEST_DEEP);

/**
 * Seed of random inputs: fixed in quick runs, new in each deep run, which prints it on failure. Set
 * `HPC_DESK_TEST_SEED` to it to reproduce the failure.
 */
export const SEED = Number(
  process.env.HPC_DESK_TEST_SEED || (IS_DEEP ? Date.now() & 0x7fff_ffff : 1),
);

/** All items in a deep run, otherwise every nth. */
export function sample<Item>(items: readonly Item[], everyNth: number): readonly Item[] {
  return IS_DEEP ? items : items.filter((_, index) => index % everyNth === 0);
}
