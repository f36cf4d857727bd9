import type { OwnMachine } from './process/child-environment.js';
import { tunnelCommand } from './ssh/arguments.js';
import type {
  DesktopOptions,
  ForwardOptions,
  FoundViewer,
  PrepareOptions,
  ViewerOptions,
} from './transport.js';
import { rowOf } from './viewer/catalogue.js';
import { viewerCommand } from './viewer/plan-launch.js';

/** Tunnels, viewers and browsers, as other modules see them. */
export type Transport = ReturnType<typeof createTransport>;

/**
 * The transport of this machine. Implementations are imported on first use: loading them takes as long as the rest of a
 * command.
 */
export function createTransport(own: OwnMachine) {
  const machine = async () => (await import('./viewer/machine.js')).thisMachine(own);
  const shell: 'posix' | 'powershell' = own.platform === 'win32' ? 'powershell' : 'posix';
  return {
    /**
     * Connects to a desktop, then listens on this machine and forwards every accepted connection to it.
     *
     * The first client gets the connection whose RFB greeting was awaited, because servers block clients after a few
     * unauthenticated connections.
     *
     * @throws tunnel.portTaken, tunnel.cannotListen, tunnel.peersUnknown, tunnel.unreachable, tunnel.lost, ssh.*,
     * rfb.notRfb, rfb.lockedOut, rfb.timeout
     */
    openForward: async (options: ForwardOptions) =>
      (await import('./forward/open-forward.js')).openForward(options, own),
    /**
     * Starts logging in at a login node before the target is known. Prompts are postponed until the forward is opened,
     * and so are failures: this never rejects.
     */
    prepareRoute: async (options: PrepareOptions) =>
      (await import('./forward/prepare-route.js')).prepareRoute(options, own),
    /**
     * Opens one shared RFB session without a viewer; the caller closes it.
     *
     * @throws tunnel.unreachable, tunnel.lost, ssh.*, rfb.*; nothing is left open then.
     */
    openDesktop: async (options: DesktopOptions) =>
      (await import('./desktop/open-desktop.js')).openDesktop(options, own.environment),
    /** Checks a private key named by the user. @throws usage.invalidValue when ssh cannot use the path. */
    checkKeyFile: async (path: string) =>
      (await import('./ssh/check-key-file.js')).checkKeyFile(path),
    /** Every viewer found, and every place searched. */
    findViewers: async () =>
      (await import('./viewer/detect-viewers.js')).detectViewers(await machine()),
    /** Finds a viewer by name: `auto`, an id of the table, or a path. @throws viewer.missing */
    chooseViewer: async (selector: string) =>
      (await import('./viewer/detect-viewers.js')).chooseViewer(selector, await machine()),
    /** Starts a viewer; the caller awaits `exited` and calls `close`. @throws viewer.failed */
    startViewer: async (viewer: FoundViewer, options: ViewerOptions) =>
      (await import('./viewer/start-viewer.js')).startViewer(viewer, options, own.environment),
    /** The clipboard of this machine; undefined if no program for it is found. */
    findClipboard: async () => (await import('./viewer/clipboard.js')).findClipboard(own),
    /**
     * Opens an http(s) URL, which may be a secret, in the user's browser and waits until it has loaded.
     *
     * @throws the signal's reason when aborted.
     */
    openBrowser: async (url: string, signal: AbortSignal) =>
      (await import('./viewer/browser.js')).openInBrowser(url, { ...own, signal }),
    /** Whether the viewer can be given a password through a private channel; otherwise it asks the user. Pure. */
    takesPassword: ({ id }: FoundViewer) => rowOf(id).password !== undefined,
    /** Quoting style of printed commands. */
    shell,
    /** The equivalent `ssh -N -L 127.0.0.1:PORT:IP:PORT …` command; pure. */
    tunnelCommand,
    /** The viewer's command for an address; pure. */
    viewerCommand,
  };
}
