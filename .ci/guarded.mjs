/** Security-critical modules, as folders or files of `src`. */
export const GUARDED = [
  'model/',
  'model/sanitize.ts',
  'view/redact.ts',
  'store/',
  'transport/rfb/',
  'transport/bridge/gate.ts',
];

/** Minimum test coverage in percent, of `src` and of each guarded module. */
export const LEAST_COVERED = { lines: 92, branches: 88 };
export const LEAST_COVERED_OF_GUARDED = { lines: 98, branches: 95 };
