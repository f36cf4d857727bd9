import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { childEnvironment, type Environment } from '../process/child-environment.js';
import type { Machine } from './machine.js';

const ANSWER_MS = 2_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Without these no X11 or Wayland program can open a window, whatever it makes of a question. */
const DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET'];

export interface MachineOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
}

/** The machine that we run on. */
export function thisMachine({ platform, environment }: MachineOptions): Machine {
  return {
    platform,
    environment,
    files: {
      isProgram: (path) => isProgram(path, platform),
      realPath: (path) => realpath(path).catch(() => undefined),
      list: (folder) => readdir(folder).catch(() => []),
    },
    runForText: (program, args) => runForText(program, args, environment),
  };
}

async function isProgram(path: string, platform: NodeJS.Platform): Promise<boolean> {
  // Batch files re-read their arguments (CVE-2024-24576).
  if (platform === 'win32' && !path.toLowerCase().endsWith('.exe')) return false;
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function runForText(
  program: string,
  args: readonly string[],
  environment: Environment,
): Promise<string> {
  const env = childEnvironment(environment);
  for (const name of DISPLAYS) delete env[name];
  const options = {
    env,
    timeout: ANSWER_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_ANSWER_BYTES,
    windowsHide: true,
  } as const;
  return new Promise<string>((resolve) => {
    // Usage texts come with a failing exit code, so only the words count.
    const child = execFile(program, args, options, (_, stdout, stderr) => resolve(stdout + stderr));
    child.stdin?.end();
    // A few failures to start a program, as ENOMEM, are thrown: it says nothing either.
  }).catch(() => '');
}
