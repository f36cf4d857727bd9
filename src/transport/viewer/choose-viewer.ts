import { posix, win32 } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { FoundViewer } from '../transport.js';
import { CUSTOM_ROW, VIEWER_ROWS } from './catalogue.js';
import { findViewer } from './detect-viewers.js';
import { identifyViewer } from './identify-viewer.js';
import type { Machine } from './machine.js';

/** Finds a viewer by name: `auto`, an id of the table, or a path (anything with a slash). @throws viewer.missing */
export async function chooseViewer(selector: string, machine: Machine): Promise<FoundViewer> {
  const isPath =
    selector.includes('/') || (machine.platform === 'win32' && selector.includes('\\'));
  const viewer = isPath ? await findByPath(selector, machine) : await findViewer(selector, machine);
  if (viewer === undefined) {
    throw new DeskError('viewer.missing', {
      viewer: selector,
      known: VIEWER_ROWS.map(({ id }) => id),
    });
  }
  return viewer;
}

async function findByPath(selector: string, machine: Machine): Promise<FoundViewer | undefined> {
  const path = (machine.platform === 'win32' ? win32 : posix).resolve(selector);
  if (!(await machine.files.isProgram(path))) return undefined;
  const { id, name } = CUSTOM_ROW;
  const known = await identifyViewer(path, machine, false);
  // Nothing is known about this program.
  return known ?? { id, name, path, version: '', takesSocket: false };
}
