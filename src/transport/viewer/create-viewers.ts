import { posix, win32 } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { OwnMachine } from '../process/child-environment.js';
import type { FoundViewer, Transport } from '../transport.js';
import { openInBrowser } from './browser.js';
import { CUSTOM_ROW, VIEWER_ROWS } from './catalogue.js';
import { findClipboard } from './clipboard.js';
import { detectViewers, findViewer } from './detect-viewers.js';
import { identifyViewer } from './identify-viewer.js';
import { type Machine, thisMachine } from './machine.js';
import { startViewer } from './start-viewer.js';

/** The part of the transport that looks for the programs of this machine and starts them. */
export type Viewers = Pick<
  Transport,
  'findViewers' | 'chooseViewer' | 'startViewer' | 'findClipboard' | 'openBrowser'
>;

export function createViewers(own: OwnMachine): Viewers {
  const machine = thisMachine(own);
  return {
    findViewers: () => detectViewers(machine),
    chooseViewer: (wish) => chooseViewer(wish, machine),
    startViewer: (viewer, options) => startViewer(viewer, options, own.environment),
    findClipboard: async () => findClipboard(own),
    openBrowser: (url, signal) => openInBrowser(url, { ...own, signal }),
  };
}

/**
 * Picks the viewer that the user means: `auto`, an id of the table, or anything with a slash as a path.
 *
 * @throws viewer.missing when nothing was found by that name.
 */
export async function chooseViewer(wish: string, machine: Machine): Promise<FoundViewer> {
  const isPath = wish.includes('/') || (machine.platform === 'win32' && wish.includes('\\'));
  const viewer = isPath ? await findByPath(wish, machine) : await findViewer(wish, machine);
  if (viewer === undefined) {
    throw new DeskError('viewer.missing', {
      viewer: wish,
      known: VIEWER_ROWS.map(({ id }) => id),
    });
  }
  return viewer;
}

async function findByPath(wish: string, machine: Machine): Promise<FoundViewer | undefined> {
  const path = (machine.platform === 'win32' ? win32 : posix).resolve(wish);
  if (!(await machine.files.isProgram(path))) return undefined;
  const { id, name } = CUSTOM_ROW;
  const known = await identifyViewer(path, machine, false);
  // Of a program that the table does not know nobody can say what it needs.
  return known ?? { id, name, path, version: '', takesSocket: false };
}
