import { cpSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Puts a copy of the built program into a folder; answers with its path. Its `dist` lies at `../dist`. */
export function installCopy(folder: string): string {
  for (const name of ['bin', 'dist', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  return join(folder, 'bin/hpc-desk.js');
}
