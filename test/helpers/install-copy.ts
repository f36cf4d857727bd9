import { cpSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Copies the built program into a folder; returns its path. Its `dist` is at `../dist`. */
export function installCopy(folder: string): string {
  for (const name of ['bin', 'dist', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  return join(folder, 'bin/hpc-desk.js');
}
