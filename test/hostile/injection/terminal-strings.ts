import { controls, escapes, overprints } from './strings/controls.js';
import { bidi, heaps, selectors, zeroWidth } from './strings/invisible.js';
import { csi, osc, strings, unfinished } from './strings/sequences.js';

/** Strings that a hostile platform could send to control a terminal or to mislead its reader, by family. */
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
