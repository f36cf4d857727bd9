import type { OwnMachine } from '../process/child-environment.js';
import type { Transport } from '../transport.js';
import { openInBrowser } from './browser.js';
import { chooseViewer } from './choose-viewer.js';
import { findClipboard } from './clipboard.js';
import { detectViewers } from './detect-viewers.js';
import { startViewer } from './start-viewer.js';
import { thisMachine } from './this-machine.js';

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
