import { describe, expect, it } from 'vitest';
import { readEarlyFlags } from '../../../src/cli/parse/early-flags.js';

describe('flags read before the command line is parsed', () => {
  const nothing = {
    isJson: false,
    isQuiet: false,
    isDebug: false,
    color: undefined,
    lang: undefined,
  };

  it.each([
    ['vnc list', {}],
    ['--json vnc bogus', { isJson: true }],
    ['vnc bogus -o json', { isJson: true }],
    ['vnc bogus -ojson', { isJson: true }],
    ['vnc bogus --output json', { isJson: true }],
    ['vnc bogus --output=json', { isJson: true }],
    ['vnc bogus -o table', {}],
    ['vnc list -o json -o table', {}],
    ['vnc list -o', {}],
    ['-q --debug', { isQuiet: true, isDebug: true }],
    ['--quiet', { isQuiet: true }],
    ['--lang zh', { lang: 'zh' }],
    ['vnc list --lang=zh', { lang: 'zh' }],
    ['--color', { color: true }],
    ['--no-color', { color: false }],
    ['--color --no-color', { color: false }],
    ['vnc show -- --json', {}],
    ['vnc show -- --lang zh', {}],
  ])('%s', (line, known) => {
    expect(readEarlyFlags(line.split(' '))).toEqual({ ...nothing, ...known });
  });
});
