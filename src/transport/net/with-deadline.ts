export interface Deadline {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onTimeout: () => Error;
}

/**
 * Runs work under a signal that aborts with the caller's signal or after `timeoutMs`.
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout()])`: its result may be collected before it fires
 * (nodejs/node#54614).
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

/** Awaits work that cannot be cancelled. @throws the signal's reason once it aborts */
export async function orAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  // After an abort, a rejection has no other handler.
  work.catch(() => {});
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
