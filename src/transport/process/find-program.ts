import { delimiter, isAbsolute, join } from 'node:path';
import which from 'which';
import type { Environment } from './child-environment.js';

export interface FindOptions {
  /** Absolute folders to search after PATH. */
  readonly folders?: readonly string[];
}

/**
 * Finds a program by bare name or absolute path and returns its absolute path.
 *
 * Relative entries of PATH are skipped, so that nothing is run from the working directory; on Windows only `.exe`
 * counts, because batch files re-parse their arguments (CVE-2024-24576).
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
  // Windows spells it `Path`, and its variable names are case-insensitive.
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return (environment[name] ?? '').split(delimiter);
}

function findExecutable(path: string): string | undefined {
  // With a bare name on Windows, `which` would search the working directory first.
  return which.sync(path, { nothrow: true, pathExt: '.EXE' }) ?? undefined;
}
