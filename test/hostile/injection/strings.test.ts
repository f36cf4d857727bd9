import { expect, it } from 'vitest';
import { printCount } from '../../helpers/print-count.js';
import { ARGUMENT_FAMILIES, ARGUMENT_STRINGS } from './argument-strings.js';
import { TERMINAL_FAMILIES, TERMINAL_STRINGS } from './terminal-strings.js';

it('there are at least 400 distinct argument strings in ten families', () => {
  printCount('argument strings', ARGUMENT_STRINGS.length);
  expect(ARGUMENT_STRINGS.length).toBeGreaterThanOrEqual(400);
  expect(Object.keys(ARGUMENT_FAMILIES)).toHaveLength(10);
});

it('there are at least 250 distinct terminal strings in eleven families', () => {
  printCount('terminal strings', TERMINAL_STRINGS.length);
  expect(TERMINAL_STRINGS.length).toBeGreaterThanOrEqual(250);
  expect(Object.keys(TERMINAL_FAMILIES)).toHaveLength(11);
});

it.each(Object.entries({ ...ARGUMENT_FAMILIES, ...TERMINAL_FAMILIES }))(
  'the family %s has no duplicates',
  (_family, strings) => {
    const twice = strings.filter((text, index) => strings.indexOf(text) !== index);
    expect(twice).toEqual([]);
  },
);
