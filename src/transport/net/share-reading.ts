/**
 * Lets one reading serve all who asked before it began. Whoever asks while one is under way waits for the next: nobody
 * is told what was so before the question.
 */
export function shareReading<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<Value> | undefined;
  const begin = () => {
    next = undefined;
    const reading = read();
    current = reading;
    return reading;
  };
  return () => {
    next ??= current.then(begin, begin);
    return next;
  };
}
