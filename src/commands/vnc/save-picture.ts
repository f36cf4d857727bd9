import { open, unlink, writeFile } from 'node:fs/promises';
import { DeskError } from '../../errors/desk-error.js';
import type { ByteStream } from '../command.js';

/** `hpc-desk-20261124-151203.png`: contains nothing from the server. */
export function pictureFileName(now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  return `hpc-desk-${date}-${time}.png`;
}

/**
 * Writes a new file with mode 0600; never overwrites a file or follows a link (O_EXCL, open(2)). Returns its size in
 * bytes.
 *
 * @throws usage.fileExists, store.full, output.failed
 */
export async function savePicture(path: string, png: ByteStream | Uint8Array): Promise<number> {
  const file = await open(path, 'wx', 0o600).catch((error) => {
    throw outputError(path, error);
  });
  try {
    await writeFile(file, png);
    const { size } = await file.stat();
    await file.close();
    return size;
  } catch (error) {
    await file.close().catch(() => {});
    // Ignored: report the original error.
    await unlink(path).catch(() => {});
    throw outputError(path, error);
  }
}

/** The error of a command whose output file cannot be written. */
export function outputError(path: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DeskError('store.full', { path });
  if (syscall === undefined) return error;
  return code === 'EEXIST'
    ? new DeskError('usage.fileExists', { path })
    : new DeskError('output.failed', { reason: `${code}: ${path}` }, { cause: error });
}
