import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where writing waits for no disk: for suites that write small files a thousand times, and run nothing from there. */
export const MEMORY_FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
