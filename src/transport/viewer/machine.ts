import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import type { DisplayProblem } from '../../errors/codes.js';
import { type Environment, isWsl, type OwnMachine } from '../process/child-environment.js';
import { readOutput } from '../process/read-output.js';
import { findDisplayProblem } from './display.js';

/** The machine as detection sees it; tests replace it to simulate every system. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  readonly isWsl: boolean;
  readonly files: MachineFiles;
  /** Why no window can be opened here; cached. */
  readonly findDisplayProblem: () => Promise<DisplayProblem | undefined>;
  /** Output of a program, untranslated, without a display, limited to 2 s; empty when it fails. */
  readonly runForText: (program: string, args: readonly string[]) => Promise<string>;
}

export interface MachineFiles {
  /** Whether it is an executable file; on Windows only `.exe`. */
  isProgram(path: string): Promise<boolean>;
  /** The path with symbolic links resolved; undefined when missing. */
  realPath(path: string): Promise<string | undefined>;
  /** Names in a folder; empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
}

const ANSWER_MS = 2_000;
/** Removed so that a program that ignores the option cannot open a window. */
const DISPLAYS: readonly string[] = ['DISPLAY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET'];

/** Banners are translated (gettext(3)). */
const UNTRANSLATED: Environment = { LC_ALL: 'C', LANGUAGE: undefined };

export function thisMachine(own: OwnMachine): Machine {
  const { platform, environment } = own;
  let problem: Promise<DisplayProblem | undefined> | undefined;
  return {
    platform,
    environment,
    isWsl: isWsl(own),
    files: machineFiles(platform),
    findDisplayProblem() {
      problem ??= findDisplayProblem(platform, environment);
      return problem;
    },
    runForText: (program, args) => runForText(program, args, environment),
  };
}

/** Usage texts come with a failing exit code, so it is ignored. */
async function runForText(
  program: string,
  args: readonly string[],
  environment: Environment,
): Promise<string> {
  const untranslated = { ...environment, ...UNTRANSLATED };
  for (const name of DISPLAYS) delete untranslated[name];
  const options = { environment: untranslated, signal: AbortSignal.timeout(ANSWER_MS) };
  const output = await readOutput(program, args, options).catch(() => undefined);
  return output === undefined ? '' : output.stdout + output.stderr;
}

export function machineFiles(platform: NodeJS.Platform): MachineFiles {
  return {
    isProgram: (path) => isProgram(path, platform),
    realPath: (path) => realpath(path).catch(() => undefined),
    list: (folder) => readdir(folder).catch(() => []),
  };
}

async function isProgram(path: string, platform: NodeJS.Platform): Promise<boolean> {
  // Batch files re-parse their arguments (CVE-2024-24576).
  if (platform === 'win32' && !path.toLowerCase().endsWith('.exe')) return false;
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
