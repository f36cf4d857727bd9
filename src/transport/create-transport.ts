import { openForward } from './forward/open-forward.js';
import type { OwnMachine } from './process/child-environment.js';
import { tunnelCommand } from './ssh/arguments.js';
import { lookAtKey } from './ssh/look-at-key.js';
import type { Transport } from './transport.js';
import { openInBrowser } from './viewer/browser.js';
import { rowOf } from './viewer/catalogue.js';
import { chooseViewer } from './viewer/choose-viewer.js';
import { findClipboard } from './viewer/clipboard.js';
import { detectViewers } from './viewer/detect-viewers.js';
import { startViewer } from './viewer/start-viewer.js';
import { thisMachine } from './viewer/this-machine.js';
import { viewerCommand } from './viewer/viewer-command.js';

/** The real transport: the tunnel, the viewers and the browser of this machine. */
export function createTransport(own: OwnMachine): Transport {
  const { environment } = own;
  const machine = thisMachine(own);
  return {
    openForward: (options) => openForward(options, own),
    async openDesktop(options) {
      const { openDesktop } = await import('./desktop/open-desktop.js');
      return openDesktop(options, environment);
    },
    findViewers: () => detectViewers(machine),
    chooseViewer: (wish) => chooseViewer(wish, machine),
    takesPassword: ({ id }) => rowOf(id).password.kind !== 'asks',
    findClipboard: () => findClipboard(own),
    startViewer: (viewer, options) => startViewer(viewer, options, environment),
    openBrowser: (url, signal) => openInBrowser(url, { ...own, signal }),
    lookAtKey: async (path) => lookAtKey(path),
    tunnelCommand,
    viewerCommand,
  };
}
