import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { type DeskHome, openDeskHome } from '../helpers/open-desk-home.js';
import { openTerminalShell, type TerminalShell } from '../helpers/open-terminal.js';
import { describeWith } from '../helpers/real-components.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';

/** The commands that new users run first, in one shell on one terminal. */
let user: DeskHome;
let sandbox: Sandbox;
let shell: TerminalShell;
let login: string;

/** Allowed below 80 columns: truncated text, and long words that are kept whole for copying. */
const CUT_OR_LONG = /\.\.\.$|(^|\s)\S*[!-~]{20}$/;

/** The output of a command at 80 columns, as one text. */
async function show(line: string, exitCode = 0, columns = 80): Promise<string> {
  const result = await shell.run(line, columns);
  expect(result, line).toMatchObject({ exitCode });
  return result.lines.join('\n');
}

describeWith('tmux', 'the first commands on a terminal', () => {
  beforeAll(async () => {
    [user, sandbox] = await Promise.all([openDeskHome(), startTestSandbox({ usableClusters: 2 })]);
    const viewers = join(user.folder, 'viewers');
    await mkdir(viewers);
    await writeFile(join(viewers, 'xtigervncviewer'), '#!/bin/sh\nexit 0\n');
    await chmod(join(viewers, 'xtigervncviewer'), 0o755);
    const environment = { HPC_DESK_LANG: '', SHELL: '/bin/bash', VIEWERS: viewers };
    shell = await openTerminalShell(user, { columns: 80, environment });
    const { platformUrl, authUrl, token } = sandbox.description;
    login = `echo ${token} | hpc-desk login --platform-url ${platformUrl} --auth-url ${authUrl} --token-stdin`;
    await show(`${login} && ${login} --profile work && hpc-desk vnc create`);
    await show('hpc-desk vnc connect --viewer none --detach');
  });
  afterAll(() => Promise.all([user, sandbox].map((part) => part?.close())));

  const TABLES = ['vnc list', 'clusters', 'viewers', 'config list', 'tunnels', 'whoami --all'];
  const FIELDS = ['whoami', 'vnc show', 'doctor'];
  const HELP = ['--help', 'vnc connect --help'];
  /** The program with a viewer on PATH. */
  const PROGRAM = 'PATH=$VIEWERS:$PATH WAYLAND_DISPLAY=wayland-0 hpc-desk';

  const printed = async (commands: readonly string[], lang: string, columns: number) => {
    const lines = commands.map((line) => `echo "== ${line}"; ${PROGRAM} ${line} --lang ${lang}`);
    return (await shell.run(lines.join('; '), columns)).lines;
  };

  test.each(['en', 'zh'])('no line is too wide and no word is broken in %s', async (lang) => {
    const all = [...TABLES, ...FIELDS, ...HELP];
    const whole = new Set(wordsOf(await printed(all, lang, 400)));
    for (const columns of [80, 60, 50]) {
      const lines = await printed(columns === 80 ? all : TABLES, lang, columns);
      const isFree = columns < 80 ? CUT_OR_LONG : /^never$/;
      const isTooWide = (line: string) => stringWidth(line) > columns && !isFree.test(line);
      expect(lines.filter(isTooWide)).toEqual([]);
      expect(wordsOf(lines).filter((word) => !whole.has(word) && !isFree.test(word))).toEqual([]);
      expect(lines.filter((line) => /^\s*[，。；：！？、）】”]/.test(line))).toEqual([]);
      if (columns >= 60) TABLES.forEach((line) => void expectTable(lines, line));
      else expect(sectionOf(lines, 'vnc list')).toHaveLength(5);
    }
  });

  test.each<[line: string, exitCode: number, ...shown: RegExp[]]>([
    // Help.
    [
      'hpc-desk',
      0,
      /^Usage: hpc-desk /,
      /^Options of every command:\n( {2}.*\n)+\n/m,
      /^ {2}version /m,
    ],
    ['hpc-desk vnc', 2, /^Usage: hpc-desk vnc /, /^ {2}vnc create /m, /^(?!.*error)/],
    ['hpc-desk config --lang zh', 2, /^用法：hpc-desk config /, /^ {2}config list /m],
    ['hpc-desk version', 0, /^\d+\.\d+\.\d+$/],
    ['hpc-desk vnc ls', 0, /^NAME +ADDRESS /],
    ['hpc-desk vnc rm nope', 3, /no session matches “nope”/],
    [
      'hpc-desk vnc create extra',
      2,
      /unexpected argument/,
      /^hint: {2}hpc-desk vnc create --help$/m,
    ],
    ['hpc-desk vnc create --bogus', 2, /^hint: {2}hpc-desk vnc create --help$/m],
    ['hpc-desk vnc create --wiat', 2, /did you mean “--wait”\?/],
    // Accounts.
    ['hpc-desk whoami', 0, /^CLUSTER {2,}沙盒一区/m, /^TOKEN EXPIRES +.*\+08:00 \(in .*\)$/m],
    ['hpc-desk clusters --lang zh', 0, /^11250 {2}沙盒一区.* 当前/m],
    ['hpc-desk whoami --all', 0, /^default .* current$/m, /^work /m],
    // Viewers.
    [`${PROGRAM} viewers`, 0, /^VIEWER.*\n(.*\n)+Using tigervnc: .*\.$/, /^(?!.*Searched)/s],
    [`${PROGRAM} viewers --all`, 0, /^Searched:$/m, /^To install one:$/m],
    ['hpc-desk vnc connect --viewer foo', 9, /known viewers: tigervnc, .*\n.*krdc, remmina/],
    [`${PROGRAM} vnc connect`, 7, /TigerVNC closed before it showed the desktop \(exit code 0\)$/m],
    // Setup.
    ['hpc-desk completion install', 0, /^undo: hpc-desk completion uninstall$/m],
    ['hpc-desk doctor --lang zh', 0, /设置 +全部为默认值$/m],
    // All times are in one time zone.
    ['hpc-desk vnc show', 0, /^CREATED .* \+08:00 /m, /^NEXT SWEEP .* 01:00:00 \+08:00 /m],
    [
      'hpc-desk doctor',
      0,
      /until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+08:00$/m,
      /^(?!.*\dT\d|.*\d ?Z\b)/s,
    ],
    ['hpc-desk config set timeZone UTC && hpc-desk whoami', 0, /:\d\d \+00:00/],
    // Cleanup.
    ['hpc-desk tunnels stop', 0, /^Stopped: \w+\.$/],
    ['hpc-desk logout', 0, /^Logged out: default\.\nwarning: /],
    ['hpc-desk logout', 0, /^You were not logged in\.$/],
    ['hpc-desk logout --lang zh', 0, /^您尚未登录。$/],
  ])('%s', async (line, exitCode, ...shown) => {
    const screen = await show(line, exitCode);
    for (const pattern of shown) expect(screen).toMatch(pattern);
    expect(screen).not.toMatch(/\) \(|）（/);
  });

  test('a token that is rejected and cannot be renewed suggests hpc-desk login', async () => {
    await show(login);
    sandbox.faults.add({ endpoint: 'listSessions', code: '10008', times: 2 });
    sandbox.faults.add({ endpoint: 'renewToken', code: '10008', times: 2 });
    const screen = await show('hpc-desk vnc list', 4);
    expect(screen).toMatch(/no longer accepts your token\n.*\nhint: {2}hpc-desk login$/m);
  });
});

/** ASCII words, which must not be split at a line break; without numbers, which change over time. */
function wordsOf(lines: readonly string[]): string[] {
  return lines.join('\n').match(/[!-~]*[A-Za-z][!-~]*/g) ?? [];
}

function sectionOf(lines: readonly string[], command: string): readonly string[] {
  const start = lines.indexOf(`== ${command}`) + 1;
  const end = lines.findIndex((line, index) => index > start && line.startsWith('== '));
  return lines.slice(start, end === -1 ? undefined : end);
}

/** A heading, and rows without empty lines between them. */
function expectTable(lines: readonly string[], command: string): void {
  const [heading = '', ...rows] = sectionOf(lines, command);
  expect(heading.split(/ {2,}/).length, command).toBeGreaterThan(2);
  expect(rows.length, command).toBeGreaterThan(0);
  expect(rows, command).not.toContain('');
}
