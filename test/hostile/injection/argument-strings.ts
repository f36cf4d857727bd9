import { addresses } from './strings/addresses.js';
import { dashes } from './strings/dashes.js';
import { destinations } from './strings/destinations.js';
import { names } from './strings/names.js';
import { numbers } from './strings/numbers.js';
import { optionsInLines } from './strings/options-in-lines.js';
import { paths } from './strings/paths.js';
import { shell } from './strings/shell.js';
import { variables } from './strings/variables.js';
import { windows } from './strings/windows.js';

/**
 * Strings that a hostile platform could send to inject an option, a shell word, a path or another address, by family.
 * `canary` is the program that must never run, and `HPC_SECRET` a variable that must never be read.
 */
export const ARGUMENT_FAMILIES: Readonly<Record<string, readonly string[]>> = {
  dashes,
  shell,
  variables,
  optionsInLines,
  destinations,
  paths,
  windows,
  names,
  addresses,
  numbers,
};

/** Without duplicates: some are in two families. */
export const ARGUMENT_STRINGS: readonly string[] = [
  ...new Set(Object.values(ARGUMENT_FAMILIES).flat()),
];
