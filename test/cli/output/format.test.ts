import { describe, expect, it } from 'vitest';
import {
  checkOutputOptions,
  fieldRows,
  formatResult,
  pickFields,
  readField,
} from '../../../src/cli/output/format.js';
import type { OutputOptions } from '../../../src/cli/output/output-options.js';
import type { Command } from '../../../src/commands/command.js';
import { printCompletion } from '../../../src/commands/completion/print.js';
import { listSettings } from '../../../src/commands/config.js';
import { commands } from '../../../src/commands/index.js';
import { logout } from '../../../src/commands/logout.js';
import { list } from '../../../src/commands/vnc/list.js';
import { show } from '../../../src/commands/vnc/show.js';
import { en } from '../../../src/i18n/en/index.js';
import { SETTING_NAMES } from '../../../src/model/settings.js';
import { PLAIN_THEME } from '../../../src/view/theme.js';
import { createUi } from '../../../src/view/ui.js';
import { errorFrom } from '../../helpers/error-from.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';

const NO_OPTIONS: OutputOptions = { format: undefined, fields: undefined, field: undefined };

function format(
  command: Command,
  result: unknown,
  request: Partial<OutputOptions> & { isIndented?: boolean },
): string {
  const { isIndented = false, ...asked } = request;
  return formatResult(command, result, { ...NO_OPTIONS, ...asked }, isIndented);
}

describe('the example session from the API documentation', () => {
  it('as a table', () => {
    const now = new Date('2023-02-02T15:19:45+08:00');
    const ui = createUi({ messages: en, theme: PLAIN_THEME, columns: 107, now });
    expect(show.view(EXAMPLE_SESSION, ui)).toBe(`\
NAME        gv101:4
SESSION ID  gv101--test_1215--SIG--4
ADDRESS     10.0.41.101:5904
USER        test_1215
JOB         SIG
SIZE        1920×1080
CREATED     2023-02-02 11:59:45 +08:00 (3 h 20 min ago)
NEXT SWEEP  2023-02-03 01:00:00 +08:00 (in 9 h 40 min)`);
    expect(list.view([EXAMPLE_SESSION], ui)).toBe(`\
NAME     ADDRESS           SIZE       AGE  SESSION ID
gv101:4  10.0.41.101:5904  1920×1080  3 h  gv101--test_1215--SIG--4`);
  });

  it('as JSON', () => {
    expect(format(show, EXAMPLE_SESSION, { format: 'json' })).toBe(
      '{"sessionId":"gv101--test_1215--SIG--4","id":"e272e9bc5e6d40fbbcc39d82f172f63a","name":"gv101:4",' +
        '"hostname":"gv101","ip":"10.0.41.101","display":4,"port":5904,"user":"test_1215","job":"SIG",' +
        '"widthPx":1920,"heightPx":1080,"createdAt":"2023-02-02T11:59:45+08:00","sweepAt":"2023-02-03T01:00:00+08:00"}',
    );
  });

  it('as indented JSON with selected fields', () => {
    const request = { format: 'json', fields: ['port', 'name'], isIndented: true } as const;
    expect(format(list, [EXAMPLE_SESSION], request)).toBe(`\
[
  {
    "port": 5904,
    "name": "gv101:4"
  }
]`);
  });

  it('as TSV', () => {
    const line = [
      'gv101--test_1215--SIG--4\te272e9bc5e6d40fbbcc39d82f172f63a\tgv101:4\tgv101\t10.0.41.101\t4\t5904',
      'test_1215\tSIG\t1920\t1080\t2023-02-02T11:59:45+08:00\t2023-02-03T01:00:00+08:00',
    ].join('\t');
    expect(format(show, EXAMPLE_SESSION, { format: 'tsv' })).toBe(line);
    expect(format(list, [EXAMPLE_SESSION, EXAMPLE_SESSION], {})).toBe(`${line}\n${line}`);
  });

  it('as names', () => {
    const name = 'gv101--test_1215--SIG--4';
    expect(format(show, EXAMPLE_SESSION, { format: 'name' })).toBe(name);
    expect(format(list, [EXAMPLE_SESSION, EXAMPLE_SESSION], { format: 'name' })).toBe(
      `${name}\n${name}`,
    );
  });

  it('as shell variables', () => {
    expect(format(show, EXAMPLE_SESSION, { format: 'env' })).toBe(`\
HPC_DESK_SESSION_ID='gv101--test_1215--SIG--4'
HPC_DESK_ID='e272e9bc5e6d40fbbcc39d82f172f63a'
HPC_DESK_NAME='gv101:4'
HPC_DESK_HOSTNAME='gv101'
HPC_DESK_IP='10.0.41.101'
HPC_DESK_DISPLAY='4'
HPC_DESK_PORT='5904'
HPC_DESK_USER='test_1215'
HPC_DESK_JOB='SIG'
HPC_DESK_WIDTH_PX='1920'
HPC_DESK_HEIGHT_PX='1080'
HPC_DESK_CREATED_AT='2023-02-02T11:59:45+08:00'
HPC_DESK_SWEEP_AT='2023-02-03T01:00:00+08:00'`);
  });

  it('as a single raw field', () => {
    expect(format(show, EXAMPLE_SESSION, { field: 'port' })).toBe('5904');
    expect(format(list, [EXAMPLE_SESSION, EXAMPLE_SESSION], { field: 'name' })).toBe(
      'gv101:4\ngv101:4',
    );
  });
});

describe('empty results', () => {
  it('print a missing value as an empty TSV cell, JSON null or an empty shell variable', () => {
    const session = { ...EXAMPLE_SESSION, created: null };
    const fields = ['port', 'created'];
    expect(format(show, session, { fields })).toBe('5904\t');
    expect(format(show, session, { format: 'json', fields })).toBe('{"port":5904,"created":null}');
    expect(format(show, session, { format: 'env', fields })).toBe(
      "HPC_DESK_PORT='5904'\nHPC_DESK_CREATED=''",
    );
  });

  it('print an empty list as nothing, or as [] in JSON', () => {
    expect(format(list, [], {})).toBe('');
    expect(format(list, [], { format: 'json' })).toBe('[]');
    expect(format(list, [], { format: 'name' })).toBe('');
  });
});

describe('hostile text', () => {
  const hostile = { ...EXAMPLE_SESSION, name: "\x1b[2J\t'\n\u202e" };

  it.each(['tsv', 'name', 'env', 'json'] as const)('is escaped in %s output', (wanted) => {
    const text = format(show, { ...hostile, sessionId: hostile.name }, { format: wanted });
    expect(text).not.toMatch(/\x1b|\u202e/);
  });

  it('adds no line or column to TSV', () => {
    expect(format(show, hostile, {}).split('\t')).toHaveLength(13);
    expect(format(show, hostile, {})).not.toContain('\n');
  });

  it('round-trips through JSON', () => {
    expect(JSON.parse(format(show, hostile, { format: 'json' }))).toEqual(hostile);
  });
});

describe('results of other shapes', () => {
  const settings = Object.fromEntries(
    SETTING_NAMES.map((name) => [name, { value: name === 'via' ? null : 'x', source: 'default' }]),
  );

  it('have their own rows unless fields are selected', () => {
    expect(format(listSettings, settings, {}).split('\n')[4]).toBe('via\t\tdefault');
    expect(fieldRows(listSettings, settings, ['via.value', 'lang.value'])).toEqual([['', 'x']]);
  });

  it('name shell variables after the full field path', () => {
    const request = { format: 'env', fields: ['timeZone.value'] } as const;
    expect(format(listSettings, settings, request)).toBe("HPC_DESK_TIME_ZONE_VALUE='x'");
  });

  it('print each element of a list on its own line', () => {
    expect(format(logout, { removed: ['a', 'b'] }, { field: 'removed' })).toBe('a\nb');
  });

  it('keep the line breaks of a text', () => {
    expect(format(printCompletion, 'a\nb', {})).toBe('a\nb');
    expect(format(printCompletion, 'a\nb', { format: 'json' })).toBe('"a\\nb"');
  });
});

describe('the check of the output options', () => {
  const check = (command: Command, request: Partial<OutputOptions>) =>
    checkOutputOptions(command, { ...NO_OPTIONS, ...request });

  it('rejects shell variables for a list', () => {
    expect(errorFrom(() => check(list, { format: 'env' })).code).toBe('usage.formatNotOffered');
  });

  it('rejects an unknown field and suggests the closest one', () => {
    const error = errorFrom(() => check(show, { fields: ['name', 'prt'] }));
    expect([error.code, error.exitCode]).toEqual(['usage.unknownField', 2]);
    expect(error.details).toMatchObject({ field: 'prt', suggestion: 'port' });
  });

  it.each(['', '__proto__', 'constructor', 'name.length', 'sessionId '])(
    'rejects the field %j',
    (field) => {
      expect(errorFrom(() => check(show, { field })).code).toBe('usage.unknownField');
    },
  );

  it('accepts an object field and its subfields', () => {
    expect(() => check(listSettings, { field: 'via' })).not.toThrow();
    expect(() => check(listSettings, { field: 'via.value' })).not.toThrow();
  });

  it.each([
    [printCompletion, { field: 'x' }],
    [printCompletion, { fields: ['x'] }],
    [printCompletion, { format: 'env' }],
    [printCompletion, { format: 'name' }],
    [listSettings, { format: 'name' }],
  ] as const)('rejects a format that the command does not offer (case %#)', (command, request) => {
    expect(errorFrom(() => check(command as Command, request)).code).toBe('usage.formatNotOffered');
  });

  it('accepts all fields of every command', () => {
    for (const command of commands.filter(({ output }) => output.fields.length > 0)) {
      const fields = [...command.output.fields, ...(command.output.extraFields ?? [])];
      expect(() => check(command, { fields })).not.toThrow();
    }
  });
});

const RECORD = { a: 1, b: { c: 2, d: { e: null } }, list: [{ x: 1 }, { x: 2 }] };

it.each([
  ['a', 1],
  ['b', { c: 2, d: { e: null } }],
  ['b.c', 2],
  ['b.d.e', null],
  ['list.x', undefined],
  ['nothing', undefined],
  ['a.b', undefined],
  ['b.d.e.f', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['', undefined],
])('reads %j', (field, value) => {
  expect(readField(RECORD, field)).toEqual(value);
});

it('reads a field of each record of a list', () => {
  expect(readField(RECORD.list, 'x')).toEqual([1, 2]);
});

it.each([
  [['a'], { a: 1 }],
  [['b.c', 'a'], { b: { c: 2 }, a: 1 }],
  [['b.c', 'b.d'], { b: { c: 2, d: { e: null } } }],
  [['b.c', 'b'], { b: RECORD.b }],
  [['nothing', 'nothing.x'], { nothing: null }],
  [['a.x'], { a: 1 }],
  [[], {}],
])('picks %j', (fields, picked) => {
  expect(pickFields(RECORD, fields)).toEqual(picked);
});

it('picks from each record of a list, in the requested order', () => {
  const picked = pickFields([{ x: 1, y: 2 }], ['y', 'x']);
  expect(JSON.stringify(picked)).toBe('[{"y":2,"x":1}]');
});
