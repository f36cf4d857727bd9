import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import type { DisplayProblem } from '../../errors/codes.js';
import type { Environment, OwnMachine } from '../process/child-environment.js';
import { readOutput } from '../process/read-output.js';
import { findDisplayProblem } from './display.js';

/** The machine as detection sees it. Everything comes from here, so every system can be tested on any other. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  readonly files: MachineFiles;
  /** Why no window can be opened here, if so; found out once. */
  readonly findDisplayProblem: () => Promise<DisplayProblem | undefined>;
  /** What a program prints in the language of its authors, without a display and within two seconds; empty when it fails. */
  readonly runForText: (program: string, args: readonly string[]) => Promise<string>;
}

export interface MachineFiles {
  /** Whether a file is there that this user may run; on Windows only an `.exe` is. */
  isProgram(path: string): Promise<boolean>;
  /** The path with all links followed. */
  realPath(path: string): Promise<string | undefined>;
  /** The names in a folder; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
}

const ANSWER_MS = 2_000;
/** Without these no X11 or Wayland program can open a window, whatever it makes of a question. */
const DISPLAYS: readonly string[] = ['DISPLAY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET'];

/** Banners are translated (gettext(3)). */
const UNTRANSLATED: Environment = { LC_ALL: 'C', LANGUAGE: undefined };

/** The machine that we run on. */
export function thisMachine({ platform, environment }: OwnMachine): Machine {
  let problem: Promise<DisplayProblem | undefined> | undefined;
  return {
    platform,
    environment,
    files: machineFiles(platform),
    findDisplayProblem() {
      problem ??= findDisplayProblem(platform, environment);
      return problem;
    },
    runForText: (program, args) => runForText(program, args, environment),
  };
}

/** Usage texts come with a failing exit code, so only the words count. */
async function runForText(
  program: string,
  args: readonly string[],
  environment: Environment,
): Promise<string> {
  const asked = { ...environment, ...UNTRANSLATED };
  for (const name of DISPLAYS) delete asked[name];
  const options = { environment: asked, signal: AbortSignal.timeout(ANSWER_MS) };
  const output = await readOutput(program, args, options).catch(() => undefined);
  return output === undefined ? '' : output.stdout + output.stderr;
}

/** The files of the machine that we run on. */
export function machineFiles(platform: NodeJS.Platform): MachineFiles {
  return {
    isProgram: (path) => isProgram(path, platform),
    realPath: (path) => realpath(path).catch(() => undefined),
    list: (folder) => readdir(folder).catch(() => []),
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
