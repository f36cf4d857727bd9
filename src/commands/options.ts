import { DeskError } from '../errors/desk-error.js';
import { nearestWord } from '../model/nearest-word.js';
import { parseDurationMs } from '../model/time.js';
import type { ArgumentSpec, OptionSpec } from './command.js';

export const selectorArgument: ArgumentSpec = {
  name: 'selector',
  isRequired: false,
  origin: 'sessions',
  summary: (messages) => messages.options.selector,
};

export const allowTargetOption: OptionSpec = {
  flags: '--allow-target',
  summary: (messages) => messages.options.allowTarget,
};

/** @throws usage.invalidValue, with the nearest valid word */
export function oneOf<Word extends string>(
  name: string,
  value: string,
  words: readonly Word[],
): Word {
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  const suggestion = nearestWord(value, words);
  throw new DeskError('usage.invalidValue', {
    name,
    value,
    expected: words.join(', '),
    suggestion,
  });
}

/** In milliseconds. @throws usage.invalidValue */
export function readDurationMs(name: string, value: string): number {
  const durationMs = parseDurationMs(value);
  if (durationMs !== undefined) return durationMs;
  throw new DeskError('usage.invalidValue', { name, value, expected: '90s, 10m, 2h' });
}
