import { describe, expect, it } from 'vitest';
import { readTerminal } from '../../../src/cli/run/terminal.js';
import { CapturedOutput } from '../../helpers/run-cli.js';

const TERMINAL = new CapturedOutput(true, 120);
const PIPE = new CapturedOutput(false, 0);

describe('colour', () => {
  it.each([
    ['a terminal', TERMINAL, {}, undefined, true],
    ['a pipe', PIPE, {}, undefined, false],
    ['NO_COLOR on a terminal', TERMINAL, { NO_COLOR: '1' }, undefined, false],
    ['any NO_COLOR, even 0', TERMINAL, { NO_COLOR: '0' }, undefined, false],
    ['an empty NO_COLOR', TERMINAL, { NO_COLOR: '' }, undefined, true],
    ['FORCE_COLOR in a pipe', PIPE, { FORCE_COLOR: '1' }, undefined, true],
    ['FORCE_COLOR=true in a pipe', PIPE, { FORCE_COLOR: 'true' }, undefined, true],
    ['FORCE_COLOR=0 in a pipe', PIPE, { FORCE_COLOR: '0' }, undefined, false],
    ['FORCE_COLOR=false in a pipe', PIPE, { FORCE_COLOR: 'false' }, undefined, false],
    ['CLICOLOR_FORCE in a pipe', PIPE, { CLICOLOR_FORCE: '1' }, undefined, true],
    ['NO_COLOR against FORCE_COLOR', PIPE, { NO_COLOR: '1', FORCE_COLOR: '1' }, undefined, false],
    ['a dumb terminal', TERMINAL, { TERM: 'dumb' }, undefined, false],
    [
      'FORCE_COLOR on a dumb terminal',
      TERMINAL,
      { TERM: 'dumb', FORCE_COLOR: '1' },
      undefined,
      true,
    ],
    ['--color in a pipe', PIPE, {}, true, true],
    ['--color against NO_COLOR', PIPE, { NO_COLOR: '1' }, true, true],
    ['--no-color against FORCE_COLOR', TERMINAL, { FORCE_COLOR: '1' }, false, false],
  ])('with %s', (_, stream, environment, choice, hasColor) => {
    expect(readTerminal(stream, environment, choice).hasColor).toBe(hasColor);
  });
});

describe('animation', () => {
  it.each([
    ['a terminal', TERMINAL, {}, true],
    ['a pipe', PIPE, {}, false],
    ['a pipe with forced colour', PIPE, { FORCE_COLOR: '1' }, false],
    ['a terminal of 0 columns', new CapturedOutput(true, 0), {}, false],
    ['a dumb terminal', TERMINAL, { TERM: 'dumb' }, false],
    ['a CI log', TERMINAL, { CI: 'true' }, false],
    ['CI=false', TERMINAL, { CI: 'false' }, true],
    ['NO_COLOR', TERMINAL, { NO_COLOR: '1' }, true],
  ])('on %s', (_, stream, environment, isAnimated) => {
    expect(readTerminal(stream, environment, undefined).isAnimated).toBe(isAnimated);
  });
});

it.each([
  [120, 120],
  [0, 80],
])('a terminal of %i columns is treated as %i columns wide', (columns, width) => {
  expect(readTerminal(new CapturedOutput(true, columns), {}, undefined).columns).toBe(width);
});
