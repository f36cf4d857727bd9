/** Does what may fail without harm, and answers with undefined then; each caller says why there is no harm. */
export function ignoreErrors<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
