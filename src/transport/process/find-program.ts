import { delimiter, isAbsolute, join } from 'node:path';
import which from 'which';
import { type Environment, readVariable } from './child-environment.js';

/**
 * Finds a program by bare name or absolute path and returns its absolute path.
 *
 * Relative entries of PATH are skipped, so that nothing is run from the working directory; on Windows only `.exe`
 * counts, because batch files re-parse their arguments (CVE-2024-24576).
 */
export function findProgram(name: string, environment: Environment): string | undefined {
  if (isAbsolute(name)) return findExecutable(name);
  if (/[/\\]/.test(name)) return undefined;
  const folders = readVariable(environment, 'PATH').split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    const path = findExecutable(join(folder, name));
    if (path !== undefined) return path;
  }
  return undefined;
}

function findExecutable(path: string): string | undefined {
  // With a bare name on Windows, `which` would search the working directory first.
  return which.sync(path, { nothrow: true, pathExt: '.EXE' }) ?? undefined;
}
