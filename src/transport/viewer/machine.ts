import type { Environment } from '../process/child-environment.js';

/** The machine as detection sees it. Everything comes from here, so every system can be tested on any other. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  readonly files: MachineFiles;
  /** What a program prints, without a display and within two seconds; empty when it fails. */
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
