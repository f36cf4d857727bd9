import type { OwnMachine } from './process/child-environment.js';
import { tunnelCommand } from './ssh/arguments.js';
import type { Transport } from './transport.js';
import { rowOf } from './viewer/catalogue.js';
import { viewerCommand } from './viewer/plan-launch.js';

/**
 * The transport of this machine. Implementations are imported on first use: loading them takes as long as the rest of a
 * command.
 */
export function createTransport(own: OwnMachine): Transport {
  const machine = async () => (await import('./viewer/machine.js')).thisMachine(own);
  return {
    openForward: async (options) =>
      (await import('./forward/open-forward.js')).openForward(options, own),
    prepareRoute: async (options) =>
      (await import('./forward/prepare-route.js')).prepareRoute(options, own),
    openDesktop: async (options) =>
      (await import('./desktop/open-desktop.js')).openDesktop(options, own.environment),
    checkKeyFile: async (path) => (await import('./ssh/check-key-file.js')).checkKeyFile(path),
    findViewers: async () =>
      (await import('./viewer/detect-viewers.js')).detectViewers(await machine()),
    chooseViewer: async (selector) =>
      (await import('./viewer/choose-viewer.js')).chooseViewer(selector, await machine()),
    startViewer: async (viewer, options) =>
      (await import('./viewer/start-viewer.js')).startViewer(viewer, options, own.environment),
    findClipboard: async () => (await import('./viewer/clipboard.js')).findClipboard(own),
    openBrowser: async (url, signal) =>
      (await import('./viewer/browser.js')).openInBrowser(url, { ...own, signal }),
    takesPassword: ({ id }) => rowOf(id).password !== undefined,
    shell: own.platform === 'win32' ? 'powershell' : 'posix',
    tunnelCommand,
    viewerCommand,
  };
}
