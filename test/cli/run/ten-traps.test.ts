// Ten mistakes that work in a demo and fail for users, with the tests that prevent a regression:
//
//  1 ora never ends on a terminal of 0 columns        cli/run/terminal.test.ts, view/progress.test.ts, e2e/pipes.test.ts
//  2 chalk ignores NO_COLOR                           cli/run/terminal.test.ts, view/theme.test.ts, e2e/pipes.test.ts
//  3 cli-table3 colours a table in a pipe             view/table.test.ts, e2e/pipes.test.ts
//  4 ora's results are coloured in a file             here
//  5 an optional value consumes the next word         cli/parse/program.test.ts; every option of the table: here
//  6 process.exit truncates pending output            cli/run/process.test.ts (5000 sessions); the source: here
//  7 EPIPE is an unhandled error                      cli/run/process.test.ts, cli/run/writer.test.ts, e2e/pipes.test.ts
//  8 conf loses writes of other processes             store/concurrency.test.ts
//    its folder is accessible to others               store/private-path.test.ts
//    it writes on reads                               store/private-path.test.ts; read-only commands: here
//    a damaged file is a bare SyntaxError             store/settings-store.test.ts, commands/config.test.ts
//  9 open() succeeds although nothing opened          transport/viewer/browser.test.ts, commands/vnc/open.test.ts
// 10 commander's help does not support Chinese        cli/help/help.test.ts, every page at four widths
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GLOBAL_OPTIONS } from '../../../src/cli/parse/globals.js';
import { parseCommandLine } from '../../../src/cli/parse/program.js';
import type { OptionSpec } from '../../../src/commands/command.js';
import { commands } from '../../../src/commands/index.js';
import { en } from '../../../src/i18n/en/index.js';
import { runCli } from '../../helpers/run-cli.js';
import { reply, type ScriptedServer, startScriptedServer } from '../../helpers/scripted-server.js';

const root = join(import.meta.dirname, '../../..');
const sources = ['src', 'bin'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file))
    .map((file) => `${folder}/${file}`),
);

/** Matches of a pattern in the source code, ignoring comments. */
function findInCode(pattern: RegExp, files = sources): readonly string[] {
  return files.flatMap((file) => {
    const code = readFileSync(join(root, file), 'utf8').replace(
      /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm,
      '',
    );
    return [...code.matchAll(pattern)].map(([found]) => `${file}: ${found}`);
  });
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-traps-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('4: stderr redirected to a file on a colour terminal', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer(reply('0', []));
  });
  afterEach(() => server?.close());

  it.each(['vnc list', 'vnc show'])('%s writes no escape sequence', async (line) => {
    const { stderr } = await runCli(line, {
      isTerminal: ['stdin', 'stdout'],
      environment: {
        TERM: 'xterm-256color',
        COLORTERM: 'truecolor',
        HPC_DESK_TOKEN: 'token',
        HPC_DESK_API_URL: server.origin,
      },
    });
    expect(stderr).toMatch(/^Contacting /);
    expect(stderr).not.toContain('\x1b');
  });

  it('ora only animates: the methods that print a result are not used', () => {
    expect(findInCode(/\.(succeed|fail|stopAndPersist)\(/g, ['src/view/progress.ts'])).toEqual([]);
  });
});

describe('5: an option without a value does not consume the next word', () => {
  const show = commands.find(({ path }) => path.join(' ') === 'vnc show');
  const options = [...GLOBAL_OPTIONS, ...commands.flatMap((command) => command.options ?? [])];
  const longOf = ({ flags }: OptionSpec) => new Option(flags).long ?? flags;
  const longs = [...new Set(options.filter(({ flags }) => !/[<[]/.test(flags)).map(longOf))];

  it.each(longs)('%s', (long) => {
    const owners = commands.filter(({ options = [] }) =>
      options.some((one) => longOf(one) === long),
    );
    const isGlobal = GLOBAL_OPTIONS.some((one) => longOf(one) === long);
    for (const command of isGlobal ? [show ?? owners[0]] : owners) {
      if (command === undefined) throw new Error('no command');
      const [argument] = command.arguments ?? [];
      const word = argument?.choices?.[0] ?? 'word';
      const parse = () =>
        parseCommandLine(commands, [...command.path, long, word], {
          messages: en,
          version: '1.2.3',
          columns: 80,
          hasColor: false,
        });
      if (argument === undefined) expect(parse).toThrow('usage.tooManyArguments');
      else expect(parse()).toMatchObject({ command, input: { arguments: [word] } });
    }
  });
});

it('5: no command has both an argument and an option with an optional value', () => {
  const tempting = ({ flags }: OptionSpec) => flags.includes(' [');
  expect(GLOBAL_OPTIONS.filter(tempting)).toEqual([]);
  const odd = commands.filter(
    ({ arguments: list = [], options = [] }) => list.length > 0 && options.some(tempting),
  );
  expect(odd.map(({ path }) => path.join(' '))).toEqual([]);
});

it('6: process.exit is not called while output may be pending', () => {
  // Completions are written synchronously within a time limit; after a crash, stderr has already been flushed.
  const found = findInCode(/\bprocess\.(exit|reallyExit|abort)\(/g);
  const allowed = /^src\/(cli\/completion\/complete|main)\.ts/;
  expect(found.filter((place) => !allowed.test(place))).toEqual([]);
});

it.each([
  '--help',
  '--version',
  'help environment',
  'config list',
  'config get via',
  'completion bash',
])('8: %s creates no file or folder', async (line) => {
  const own = join(folder, 'not-there');
  const { exitCode } = await runCli(line, { environment: { HPC_DESK_CONFIG_DIR: own } });
  expect(exitCode).toBe(0);
  expect(existsSync(own)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
