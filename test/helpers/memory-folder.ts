import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A folder in memory, for suites that write thousands of small files and run no programs from there. */
export const MEMORY_FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
