import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { findReal } from './real-components.js';
import type { TestXvnc } from './start-xvnc.js';

/** Runs a shell script in an xterm and waits until it receives keys; the xterm exits with its desktop. */
export async function runXterm(xvnc: TestXvnc, folder: string, script: string): Promise<void> {
  const display = `:${xvnc.target.port - 5900}`;
  const line = `: > ready; ${script}`;
  const argv = ['-display', display, '-geometry', '100x40+0+0', '-e', 'sh', '-c', line];
  // xterm accepts Chinese input only in a UTF-8 locale.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  spawn(findReal('xterm') ?? '', argv, { stdio: 'ignore', cwd: folder, env }).on('error', () => {});
  const windows = async (...words: string[]) => String(await xvnc.runClient('xwininfo', ...words));
  await eventually(
    // A named window that is not mapped yet gets no keys, and xterm discards keys until its shell runs.
    async () =>
      (await windows('-root', '-tree')).includes('"sh"') &&
      (await windows('-name', 'sh')).includes('IsViewable') &&
      existsSync(join(folder, 'ready')),
  );
}
