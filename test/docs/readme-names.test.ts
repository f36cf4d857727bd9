import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { GLOBAL_OPTIONS } from '../../src/cli/parse/globals.js';
import { commands } from '../../src/commands/index.js';
import { EXIT_CODES } from '../../src/errors/codes.js';
import { topics } from '../../src/i18n/en/topics.js';
import { SETTINGS } from '../../src/model/settings.js';

const ROOT = join(import.meta.dirname, '../..');

describe.each(['README.md', 'README.zh-CN.md'])('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');

  it('names every command', () => {
    // `config list|get|set` is one row.
    const rows = text.replaceAll(/`(\w+) (\w+(?:\\\|\w+)+)/g, (_, noun: string, verbs: string) =>
      verbs
        .split('\\|')
        .map((verb) => `\`${noun} ${verb}`)
        .join(' '),
    );
    const paths = commands.map(({ path }) => path.join(' '));
    expect(paths.filter((path) => !rows.includes(`\`${path}`))).toEqual([]);
  });

  it('names every exit code', () => {
    const codes = Object.values(EXIT_CODES).map((code) => `| ${code} | `);
    expect(codes.filter((row) => !text.includes(row))).toEqual([]);
  });
});

describe('the manual page', () => {
  const text = readFileSync(join(ROOT, 'docs/man/hpc-desk.1'), 'utf8').replaceAll('\\-', '-');

  it('names every option', () => {
    const options = [...GLOBAL_OPTIONS, ...commands.flatMap((command) => command.options ?? [])];
    const longs = options.map(({ flags }) => new Option(flags).long ?? flags);
    expect(longs.filter((long) => !text.includes(long))).toEqual([]);
  });

  it('names every setting and every HPC_DESK_ variable', () => {
    const variables = Object.values(topics.environment.variables).flatMap(Object.keys);
    const own = variables.filter((name) => name.startsWith('HPC_DESK_'));
    const names = [...Object.keys(SETTINGS), ...own];
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });
});
