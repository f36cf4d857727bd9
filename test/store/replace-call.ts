import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Call = (...args: unknown[]) => unknown;

/**
 * Lets a call of `node:fs` answer as it does on other systems and disks; `src` has nothing in it for this.
 *
 * @returns what undoes it
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

/** Lets the first calls fail with these codes, one after the other. */
export function letFail(name: keyof typeof fs, codes: Iterable<string>): () => void {
  const left = codes[Symbol.iterator]();
  return replaceCall(name, (real) => (...args) => {
    const { value: code } = left.next();
    if (code === undefined) return real(...args);
    throw Object.assign(new Error(`${code}: injected`), { code });
  });
}
