import { describe, expect, it } from 'vitest';
import { type OutputWish, readEarlyWishes, readOutputWish } from '../../src/cli/globals.js';
import { measureNarrow } from '../../src/cli/measure-width.js';
import { parseCommandLine } from '../../src/cli/program.js';
import { commands } from '../../src/commands/index.js';
import { en } from '../../src/i18n/en/index.js';
import { errorFrom } from '../helpers/error-from.js';

function inputOf(line: string) {
  const options = { messages: en, columns: 80, hasColor: false, measure: measureNarrow };
  const invocation = parseCommandLine(commands, line.split(' '), options);
  if (invocation.kind !== 'run') throw new Error(`runs nothing: ${line}`);
  return invocation.input;
}

describe('how the result is to be written', () => {
  const wish = (asked: Partial<OutputWish>): OutputWish => ({
    format: undefined,
    fields: undefined,
    field: undefined,
    ...asked,
  });

  it.each([
    ['vnc list', {}],
    ['vnc list --json', { format: 'json' }],
    ['vnc --json list', { format: 'json' }],
    ['--json vnc list', { format: 'json' }],
    ['vnc list -o json', { format: 'json' }],
    ['vnc list -ojson', { format: 'json' }],
    ['-ojson vnc list', { format: 'json' }],
    ['vnc -o json list', { format: 'json' }],
    ['vnc list --output json', { format: 'json' }],
    ['vnc list --output=json', { format: 'json' }],
    ['vnc list --json -o json', { format: 'json' }],
    ['vnc list -o tsv', { format: 'tsv' }],
    ['-o tsv vnc list -o name', { format: 'name' }],
    ['vnc list -o table', { format: 'table' }],
    ['vnc list --fields name,port', { fields: ['name', 'port'] }],
    ['--fields=name vnc list', { fields: ['name'] }],
    ['vnc list --json --fields name', { format: 'json', fields: ['name'] }],
    ['vnc list --field port', { field: 'port' }],
  ] as const)('%s', (line, asked) => {
    expect(readOutputWish(inputOf(line))).toEqual(wish(asked));
  });

  it.each([
    ['vnc list --json -o tsv', 'usage.conflict'],
    ['--json vnc list -o name', 'usage.conflict'],
    ['vnc list --field a --fields b', 'usage.conflict'],
    ['vnc list --json --field port', 'usage.conflict'],
    ['vnc list -o tsv --field port', 'usage.conflict'],
    ['vnc list -o jsn', 'usage.invalidValue'],
  ])('%s is refused: %s', (line, code) => {
    expect(errorFrom(() => readOutputWish(inputOf(line))).code).toBe(code);
  });
});

describe('what is known before the line is parsed', () => {
  const nothing = {
    isJson: false,
    isQuiet: false,
    isDebug: false,
    wantsVersion: false,
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
    ['vnc list -V', { wantsVersion: true }],
    ['--lang zh', { lang: 'zh' }],
    ['vnc list --lang=zh', { lang: 'zh' }],
    ['--color', { color: true }],
    ['--no-color', { color: false }],
    ['--color --no-color', { color: false }],
    ['vnc show -- --json', {}],
    ['vnc show -- --version --lang zh', {}],
  ])('%s', (line, known) => {
    expect(readEarlyWishes(line.split(' '))).toEqual({ ...nothing, ...known });
  });
});
