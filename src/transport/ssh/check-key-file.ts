import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { geteuid } from 'node:process';
import { DeskError } from '../../errors/desk-error.js';

/** Implements `Transport.checkKeyFile`; does not read the key itself. */
export async function checkKeyFile(file: string) {
  const path = resolve(file);
  // ssh expands `%h` and `${NAME}` in the path; these characters cannot be escaped.
  if (/%|\$\{/.test(path)) refuse(file, 'a path without % and ${');
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile() !== true) refuse(file, 'a private key file');
  // Windows has no mode bits; its ssh checks ACLs instead.
  const isOurs = status.uid === geteuid?.();
  return {
    /** Absolute. */
    path,
    /** Whether its mode gives others access, which makes ssh ignore it (ssh(1), FILES). */
    isOpenToOthers: isOurs && (status.mode & 0o077) !== 0,
  };
}

function refuse(value: string, expected: string): never {
  throw new DeskError('usage.invalidValue', { name: '--identity', value, expected });
}
