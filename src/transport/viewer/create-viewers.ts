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

/** The part of the transport that finds and starts programs of this machine. */
export function createViewers(own: OwnMachine) {
  const machine = thisMachine(own);
  return {
    findViewers: () => detectViewers(machine),
    chooseViewer: (selector) => chooseViewer(selector, machine),
    startViewer: (viewer, options) => startViewer(viewer, options, own.environment),
    findClipboard: async () => findClipboard(own),
    openBrowser: (url, signal) => openInBrowser(url, { ...own, signal }),
  } satisfies Partial<Transport>;
}

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
