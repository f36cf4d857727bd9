import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Call = (...args: unknown[]) => unknown;

/**
 * Replaces a function of `node:fs`, to simulate other systems and disks without test hooks in `src`.
 *
 * @returns a function that restores the original
 */
export function replaceCall(name: keyof typeof fs, make: (real: Call) => Call): () => void {
  const functions = fs as unknown as Record<string, Call>;
  const real = functions[name] as Call;
  const put = (call: Call) => {
    functions[name] = call;
    syncBuiltinESMExports();
  };
  put(Object.assign(make(real), real));
  return () => put(real);
}

/** Makes the first calls fail with these codes, in order. */
export function letFail(name: keyof typeof fs, codes: Iterable<string>): () => void {
  const left = codes[Symbol.iterator]();
  return replaceCall(name, (real) => (...args) => {
    const { value: code } = left.next();
    if (code === undefined) return real(...args);
    throw Object.assign(new Error(`${code}: injected`), { code });
  });
}
