import { posix, win32 } from 'node:path';
import { type Environment, readVariable } from '../process/child-environment.js';
import type { Machine } from './machine.js';

/** Candidate paths of a program name: absolute entries of PATH only, never the working directory. */
export function pathsOfProgram(name: string, { platform, environment }: Machine): string[] {
  const { delimiter, isAbsolute, join } = platform === 'win32' ? win32 : posix;
  return readVariable(environment, 'PATH')
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, name));
}

/** Expands `%NAME%` and `~`; undefined when a variable is unset or empty. */
export function fillIn(place: string, environment: Environment): string | undefined {
  let isWhole = true;
  const path = place.replace(/%([^%]+)%|^~(?=\/)/g, (_, name: string | undefined) => {
    const value = readVariable(environment, name ?? 'HOME');
    isWhole &&= value !== '';
    return value;
  });
  return isWhole ? path : undefined;
}

/** Expands `*` to the existing paths, higher version numbers first; a place without `*` is returned as it is. */
export async function pathsOfPlace(place: string, { files }: Machine): Promise<string[]> {
  const separator = place.includes('\\') ? '\\' : '/';
  const [root = '', ...names] = place.split(separator);
  let paths = [root];
  for (const name of names) {
    const next = paths.map(async (folder) => {
      const isPattern = name.includes('*');
      const matches = isPattern ? matching(await files.list(folder), name) : [name];
      return matches.map((match) => `${folder}${separator}${match}`);
    });
    paths = (await Promise.all(next)).flat();
  }
  return paths;
}

function matching(names: readonly string[], pattern: string): string[] {
  const [start = '', end = ''] = pattern.split('*');
  return names
    .filter(
      (name) =>
        name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end),
    )
    .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
}
