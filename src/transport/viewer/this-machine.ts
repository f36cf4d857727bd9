import { execFile } from 'node:child_process';
import {
  childEnvironment,
  type Environment,
  type OwnMachine,
} from '../process/child-environment.js';
import type { Machine } from './machine.js';
import { machineFiles } from './machine-files.js';

const ANSWER_MS = 2_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Without these no X11 or Wayland program can open a window, whatever it makes of a question. */
const DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET'];

/** The machine that we run on. */
export function thisMachine({ platform, environment }: OwnMachine): Machine {
  return {
    platform,
    environment,
    files: machineFiles(platform),
    runForText: (program, args) => runForText(program, args, environment),
  };
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
