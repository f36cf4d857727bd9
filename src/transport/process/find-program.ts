import { delimiter, isAbsolute, join } from 'node:path';
import which from 'which';
import type { Environment } from './child-environment.js';

export interface FindOptions {
  /** Absolute folders to look in after those of PATH. */
  readonly folders?: readonly string[];
}

/**
 * Finds a program by its bare name or absolute path and answers with its absolute path, or nothing.
 *
 * Only absolute entries of PATH count, so that no program is ever picked from the working directory; on Windows only
 * `.exe` counts, because batch files re-read their arguments (CVE-2024-24576).
 */
export function findProgram(
  name: string,
  environment: Environment,
  options: FindOptions = {},
): string | undefined {
  if (isAbsolute(name)) return findExecutable(name);
  if (/[/\\]/.test(name)) return undefined;
  const folders = [...readPath(environment), ...(options.folders ?? [])].filter(isAbsolute);
  for (const folder of folders) {
    const path = findExecutable(join(folder, name));
    if (path !== undefined) return path;
  }
  return undefined;
}

function readPath(environment: Environment): string[] {
  // Windows spells it Path, and names of variables have no case there.
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return (environment[name] ?? '').split(delimiter);
}

function findExecutable(path: string): string | undefined {
  // Given a whole path, `which` looks there only; given a name, on Windows it would begin in the working directory.
  return which.sync(path, { nothrow: true, pathExt: '.EXE' }) ?? undefined;
}
