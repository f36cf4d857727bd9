export interface Deadline {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Makes the error that the work is aborted with when its time is over. */
  readonly onTimeout: () => Error;
}

/**
 * Runs work under a signal that aborts with the caller's signal or when the time is over, whichever comes first.
 *
 * Our own timer: what `AbortSignal.any` makes of a timeout may be collected before it fires (nodejs/node#54614).
 */
export async function withDeadline<Result>(
  { timeoutMs, signal, onTimeout }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(onTimeout()), timeoutMs);
  const relay = () => limit.abort(signal.reason);
  signal.addEventListener('abort', relay);
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', relay);
  }
}

/** Rejects with the signal's reason once it aborts; to be raced with work that cannot be stopped. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
