/** Whether this is `npm run test:deep`, which tries everything; the tests are the same. */
export const IS_DEEP = Boolean(process.env.HPC_DESK_TEST_DEEP);

/**
 * What random inputs are drawn from: the same in each quick run, another one in each deep run, which prints it when it
 * fails. A failure is seen again with `HPC_DESK_TEST_SEED` set to it.
 */
export const SEED = Number(
  process.env.HPC_DESK_TEST_SEED || (IS_DEEP ? Date.now() & 0x7fff_ffff : 1),
);

/** All of them in a deep run, otherwise every nth. */
export function sample<Item>(items: readonly Item[], everyNth: number): readonly Item[] {
  return IS_DEEP ? items : items.filter((_, index) => index % everyNth === 0);
}
