import type { DisplayProblem } from '../../../src/errors/codes.js';
import type { Machine } from '../../../src/transport/viewer/machine.js';

export interface FakeMachine {
  readonly platform?: NodeJS.Platform;
  readonly environment?: Record<string, string>;
  readonly isWsl?: boolean;
  /** Programs by path; a value that is a path makes it a symbolic link, any other text is its output. */
  readonly programs?: Record<string, string>;
  /** Output of system tools, by command line. */
  readonly tools?: Record<string, string>;
  /** Why no window can be opened. */
  readonly problem?: DisplayProblem;
}

export interface RecordedMachine extends Machine {
  /** Command lines of all programs that were run. */
  readonly asked: string[];
}

const ENVIRONMENTS: Partial<Record<NodeJS.Platform, Record<string, string>>> = {
  linux: { PATH: '/usr/local/bin:/usr/bin', HOME: '/home/li' },
  darwin: { PATH: '/usr/local/bin:/usr/bin', HOME: '/Users/li' },
  win32: {
    Path: 'C:\\Windows\\System32;D:\\tools',
    SystemRoot: 'C:\\Windows',
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
  },
};

/** A machine without a real file system. */
export function fakeMachine({
  platform = 'linux',
  environment = {},
  isWsl = false,
  programs = {},
  tools = {},
  problem,
}: FakeMachine): RecordedMachine {
  const asked: string[] = [];
  const separator = platform === 'win32' ? '\\' : '/';
  const linkOf = (path: string) => (programs[path]?.startsWith('/') ? programs[path] : undefined);
  return {
    platform,
    environment: { ...ENVIRONMENTS[platform], ...environment },
    isWsl,
    asked,
    files: {
      isProgram: async (path) => path in programs,
      realPath: async (path) => linkOf(path) ?? (path in programs ? path : undefined),
      list: async (folder) => {
        const inside = Object.keys(programs).filter((path) => path.startsWith(folder + separator));
        return [
          ...new Set(inside.map((path) => path.slice(folder.length + 1).split(separator)[0] ?? '')),
        ];
      },
    },
    findDisplayProblem: async () => problem,
    runForText: async (program, args) => {
      asked.push([program, ...args].join(' '));
      return tools[[program, ...args].join(' ')] ?? programs[linkOf(program) ?? program] ?? '';
    },
  };
}

export const TIGERVNC_BANNER =
  '\nTigerVNC Viewer 64-bit v1.12.0\nBuilt on: 2023-01-06 16:01\nCopyright (C) 1999-2021 TigerVNC Team\n';
