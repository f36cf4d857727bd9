import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { findReal } from './real-components.js';
import type { TestXvnc } from './start-xvnc.js';

/** Shows an xterm that runs a line of sh in a folder, and waits until what is typed reaches it; it ends with its desktop. */
export async function runXterm(xvnc: TestXvnc, folder: string, script: string): Promise<void> {
  const display = `:${xvnc.target.port - 5900}`;
  const line = `: > ready; ${script}`;
  const argv = ['-display', display, '-geometry', '100x40+0+0', '-e', 'sh', '-c', line];
  // In another locale an xterm takes no Chinese.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  spawn(findReal('xterm') ?? '', argv, { stdio: 'ignore', cwd: folder, env }).on('error', () => {});
  const windows = async (...words: string[]) => String(await xvnc.runClient('xwininfo', ...words));
  await eventually(
    // A window that has its name but is not shown yet gets no key, and until its shell runs it throws keys away.
    async () =>
      (await windows('-root', '-tree')).includes('"sh"') &&
      (await windows('-name', 'sh')).includes('IsViewable') &&
      existsSync(join(folder, 'ready')),
  );
}
