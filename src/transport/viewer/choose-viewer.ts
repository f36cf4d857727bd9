import { posix, win32 } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { FoundViewer } from '../transport.js';
import { CUSTOM_ROW, VIEWER_ROWS } from './catalogue.js';
import { detectViewers } from './detect-viewers.js';
import { identifyViewer } from './identify-viewer.js';
import type { Machine } from './machine.js';

/**
 * Picks the viewer that the user means: `auto`, an id of the table, or anything with a slash as a path.
 *
 * @throws viewer.missing when nothing was found by that name.
 */
export async function chooseViewer(wish: string, machine: Machine): Promise<FoundViewer> {
  const isPath = wish.includes('/') || (machine.platform === 'win32' && wish.includes('\\'));
  const viewer = isPath ? await findByPath(wish, machine) : await findById(wish, machine);
  if (viewer === undefined) {
    throw new DeskError('viewer.missing', {
      viewer: wish,
      known: VIEWER_ROWS.map(({ id }) => id),
    });
  }
  return viewer;
}

async function findById(wish: string, machine: Machine): Promise<FoundViewer | undefined> {
  const { viewers } = await detectViewers(machine);
  return wish === 'auto' ? viewers[0] : viewers.find(({ id }) => id === wish);
}

async function findByPath(wish: string, machine: Machine): Promise<FoundViewer | undefined> {
  const path = (machine.platform === 'win32' ? win32 : posix).resolve(wish);
  if (!(await machine.files.isProgram(path))) return undefined;
  const { id, name } = CUSTOM_ROW;
  return (
    (await identifyViewer(path, machine)) ?? { id, name, path, version: '', takesSocket: false }
  );
}
