import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventually } from '../../helpers/eventually.js';
import type { DeskHome } from '../../helpers/open-desk-home.js';

/** The user's environment with its own TMPDIR, which is checked afterwards. */
export function withTemporaryFolder(user: DeskHome) {
  const folder = temporaryFolderOf(user);
  mkdirSync(folder);
  return { ...user.environment, TMPDIR: folder };
}

/** Expects no process, no temporary file, and credentials that a later run can read. */
export async function expectNothingLeft(user: DeskHome): Promise<void> {
  const left = () => ({
    processes: user.processes().map(({ argv }) => argv.join(' ')),
    files: readdirSync(temporaryFolderOf(user)),
  });
  const isClean = () => {
    const { processes, files } = left();
    return processes.length + files.length === 0;
  };
  await eventually(isClean).catch(() => expect(left()).toEqual({ processes: [], files: [] }));
  // A crash leaves the log of the last failed run.
  const names = readdirSync(user.configFolder).filter((name) => name !== 'last-failed-run.log');
  expect(names).toEqual(['credentials.json']);
  const text = readFileSync(join(user.configFolder, 'credentials.json'), 'utf8');
  expect(JSON.parse(text)).toHaveProperty('profiles.default.token');
}

function temporaryFolderOf(user: DeskHome): string {
  return join(user.folder, 'tmp');
}
