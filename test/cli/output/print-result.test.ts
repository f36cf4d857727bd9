import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { formatAnnotations, wantsAnnotations } from '../../../src/cli/output/print-result.js';
import { runCli, startCli } from '../../helpers/run-cli.js';

test.each([
  [{ GITHUB_ACTIONS: 'true' }, true],
  [{ GITHUB_ACTIONS: 'false' }, false],
  [{ CI: 'true' }, false],
])('annotations are wanted in the environment %j: %s', (environment, wanted) => {
  expect(wantsAnnotations(environment)).toBe(wanted);
});

test('each problem is one line', () => {
  expect(formatAnnotations('hpc-desk vnc check', ['first', 'second'])).toBe(
    '::error title=hpc-desk vnc check::first\n::error title=hpc-desk vnc check::second\n',
  );
});

test.each([
  ['100% sure', '100%25 sure'],
  ['a\nb', 'a\\x0ab'],
  ['a\r\n::error::b', 'a\\x0d\\x0a::error::b'],
  ['\x1b[31m', '\\x1b[31m'],
])('the problem %j is escaped as %j', (problem, shown) => {
  expect(formatAnnotations('t', [problem])).toBe(`::error title=t::${shown}\n`);
});

test('characters that would end the title are percent-encoded', () => {
  expect(formatAnnotations('a:b,c%', ['x'])).toBe('::error title=a%3Ab%2Cc%25::x\n');
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-links-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linkTo = (path: string) => `\x1b]8;;${pathToFileURL(path).href}\x1b\\${path}\x1b]8;;\x1b\\`;
const at = (environment: Record<string, string>) => ({
  isTerminal: true,
  columns: 200,
  environment: { HPC_DESK_CONFIG_DIR: folder, ...environment },
});
const KITTY = { TERM: 'xterm-kitty' };
const LOGIN = 'login --no-color --api-url https://zzhpc.example --token-stdin';

it.each([
  ['to the file of a login', KITTY, true],
  ['nowhere through ssh', { ...KITTY, SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }, false],
  ['nowhere on terminals without hyperlink support', { TERM: 'xterm' }, false],
])('the credentials path links %s', async (_, environment, isLink) => {
  const stored = await runCli(LOGIN, {
    ...at(environment),
    isTerminal: ['stdout'],
    stdin: 'token',
  });
  const shown = await runCli('whoami --no-color', at(environment));
  const file = join(folder, 'credentials.json');
  for (const { stdout } of [stored, shown]) {
    expect(stdout).toMatch(/STORED IN/);
    expect(stdout.includes(linkTo(file))).toBe(isLink);
    expect(stdout.includes('\x1b]8')).toBe(isLink);
  }
});

it('a token from HPC_DESK_TOKEN is shown without a hyperlink', async () => {
  const environment = { ...KITTY, HPC_DESK_TOKEN: 't', HPC_DESK_API_URL: 'https://x.example' };
  const { stdout } = await runCli('whoami --no-color', at(environment));
  expect(stdout).toContain('HPC_DESK_TOKEN');
  expect(stdout).not.toContain('\x1b]');
});

it.each([
  [true, { isTerminal: true }],
  [false, { isTerminal: ['stdout'] }],
] as const)(
  'an internal error links to its log file if stderr is a terminal: %s',
  async (isLink, terminal) => {
    writeFileSync(join(folder, 'settings.json'), '{}', { mode: 0o600 });
    const running = startCli('sandbox --desktop builtin', { ...at(KITTY), ...terminal });
    await running.ready;
    running.crash(new TypeError('made up'));
    const { stderr } = await running.ended;
    const file = join(folder, 'last-failed-run.log');
    expect(stderr).toContain(file);
    expect(stderr.includes(linkTo(file))).toBe(isLink);
  },
);
