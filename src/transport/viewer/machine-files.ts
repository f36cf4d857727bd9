import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import type { MachineFiles } from './machine.js';

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
