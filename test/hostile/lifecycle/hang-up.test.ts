import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quotePosix } from '../../../src/model/quote.js';
import { eventually } from '../../helpers/eventually.js';
import { type DeskHome, openDeskHome } from '../../helpers/open-desk-home.js';
import { describeWith } from '../../helpers/real-components.js';
import { BIN } from '../../helpers/run-bin.js';

const SANDBOX = `${process.execPath} ${BIN} sandbox --desktop builtin --json`;

/** Shell commands that start a program that must outlive its terminal; `$1` is its output file. */
const WAYS = [
  ['nohup in bash', 'bash', `nohup ${SANDBOX} >"$1" &`],
  ['nohup in bash with all streams redirected', 'bash', `nohup ${SANDBOX} >"$1" 2>&1 </dev/null &`],
  ['nohup in dash, in the foreground', 'dash', `nohup ${SANDBOX} >"$1"; :`],
  ['nohup in zsh', 'zsh', `nohup ${SANDBOX} >"$1" </dev/null &`],
  ['a script that ignores SIGHUP', 'dash', `trap '' HUP; ${SANDBOX} >"$1"; :`],
] as const;

const shells = ['script', 'nohup', 'bash', 'dash', 'zsh'] as const;
describeWith([...shells], 'a program started to ignore SIGHUP', () => {
  let user: DeskHome;
  beforeEach(async () => {
    user = await openDeskHome();
  });
  afterEach(() => user.close());

  test.each(WAYS)('%s: it outlives its terminal and exits on SIGTERM', async (_, shell, way) => {
    const file = join(user.folder, 'output');
    const command = [shell, '-c', `${way}\nwait`, shell, file].map(quotePosix).join(' ');
    const terminal = spawn('script', ['-qc', `exec ${command}`, '/dev/null'], {
      env: { ...user.environment, SHELL: '/bin/sh' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const { apiUrl } = JSON.parse(
      await eventually(async () => {
        const text = await readFile(file, 'utf8');
        return text.includes('\n') ? text : undefined;
      }),
    );
    terminal.kill('SIGKILL');
    await once(terminal, 'exit');
    const [run] = user.processes().filter(({ argv }) => argv[2] === 'sandbox');
    const pid = run?.pid ?? Number.NaN;
    // The kernel signals only the foreground process group; an interactive shell signals the others.
    process.kill(pid, 'SIGHUP');
    expect((await fetch(apiUrl)).status).toBe(404);
    process.kill(pid, 'SIGTERM');
    await eventually(() => user.processes().every((one) => one.pid !== pid));
  });
});
