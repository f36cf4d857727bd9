import { controls, escapes, overprints } from './strings/controls.js';
import { bidi, heaps, selectors, zeroWidth } from './strings/invisible.js';
import { csi, osc, strings, unfinished } from './strings/sequences.js';

/** Texts that a hostile platform could send to drive a terminal or to mislead whoever reads it, by family. */
export const TERMINAL_FAMILIES: Readonly<Record<string, readonly string[]>> = {
  controls,
  escapes,
  overprints,
  csi,
  osc,
  strings,
  unfinished,
  bidi,
  zeroWidth,
  selectors,
  heaps,
};

export const TERMINAL_STRINGS: readonly string[] = [
  ...new Set(Object.values(TERMINAL_FAMILIES).flat()),
];
