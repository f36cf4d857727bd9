import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { eventually } from '../../helpers/eventually.js';
import type { DeskHome } from '../../helpers/open-desk-home.js';

/** The home's own environment, with a folder for temporary files that is looked into afterwards. */
export function withTemporaryFolder(user: DeskHome) {
  const folder = temporaryFolderOf(user);
  mkdirSync(folder);
  return { ...user.environment, TMPDIR: folder };
}

/** No process, no temporary file, and a store that a later run can read. */
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
  // Of a crash it keeps the last one's trace.
  const names = readdirSync(user.configFolder).filter((name) => name !== 'last-failed-run.log');
  expect(names).toEqual(['credentials.json']);
  const text = readFileSync(join(user.configFolder, 'credentials.json'), 'utf8');
  expect(JSON.parse(text)).toHaveProperty('profiles.default.token');
}

function temporaryFolderOf(user: DeskHome): string {
  return join(user.folder, 'tmp');
}
