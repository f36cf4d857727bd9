/** Runs `work`; undefined when it throws. Only for failures that do not matter. */
export function ignoreErrors<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
