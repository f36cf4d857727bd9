import { type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { geteuid } from 'node:process';
import { DeskError } from '../../errors/desk-error.js';
import type { NamedKeyFacts } from '../transport.js';

/** Looks at a private key, as `Transport.lookAtKey` promises; what is in it stays unread. */
export function lookAtKey(file: string): NamedKeyFacts {
  const path = resolve(file);
  // ssh expands `%h` and `${NAME}` in the path, and offers no way to write these characters.
  if (/%|\$\{/.test(path)) refuse(file, 'a path without % and ${');
  const status = statusOf(path);
  if (status?.isFile() !== true) refuse(file, 'a private key file');
  // Windows has no such bits, and there ssh looks at other things.
  const isOurs = status.uid === geteuid?.();
  return { path, isOpenToOthers: isOurs && (status.mode & 0o077) !== 0 };
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    // Not there, or behind a folder that we may not enter.
    return undefined;
  }
}

function refuse(value: string, expected: string): never {
  throw new DeskError('usage.invalidValue', { name: '--identity', value, expected });
}
