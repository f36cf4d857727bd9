import { describe, expect, it } from 'vitest';
import {
  type OutputOptions,
  readOutputOptions,
  showsField,
} from '../../../src/cli/output/output-options.js';
import { parseCommandLine } from '../../../src/cli/parse/program.js';
import { commands } from '../../../src/commands/index.js';
import { en } from '../../../src/i18n/en/index.js';
import { errorFrom } from '../../helpers/error-from.js';

function inputOf(line: string) {
  const options = { messages: en, version: '1.2.3', columns: 80, hasColor: false };
  const invocation = parseCommandLine(commands, line.split(' '), options);
  if (invocation.kind !== 'run') throw new Error(`runs nothing: ${line}`);
  return invocation.input;
}

describe('output options', () => {
  const request = (asked: Partial<OutputOptions>): OutputOptions => ({
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
    expect(readOutputOptions(inputOf(line))).toEqual(request(asked));
  });

  it.each([
    ['vnc create', true],
    ['vnc create --json', true],
    ['vnc create -o env', true],
    ['vnc create -o name', false],
    ['vnc create --fields port,created', true],
    ['vnc create --fields port', false],
    ['vnc create -o name --fields created', true],
    ['vnc create --field created', true],
    ['vnc create --field port', false],
  ])('%s includes the field “created”: %s', (line, isShown) => {
    expect(showsField(readOutputOptions(inputOf(line)), 'created')).toBe(isShown);
  });

  it.each([
    ['vnc list --json -o tsv', 'usage.conflict'],
    ['--json vnc list -o name', 'usage.conflict'],
    ['vnc list --field a --fields b', 'usage.conflict'],
    ['vnc list --json --field port', 'usage.conflict'],
    ['vnc list -o tsv --field port', 'usage.conflict'],
    ['vnc list -o jsn', 'usage.invalidValue'],
  ])('%s is rejected with %s', (line, code) => {
    expect(errorFrom(() => readOutputOptions(inputOf(line))).code).toBe(code);
  });
});
