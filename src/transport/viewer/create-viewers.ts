import type { Transport } from '../transport.js';
import { chooseViewer } from './choose-viewer.js';
import { detectViewers } from './detect-viewers.js';
import { startViewer } from './start-viewer.js';
import { type MachineOptions, thisMachine } from './this-machine.js';
import { viewerCommand } from './viewer-command.js';

export type Viewers = Pick<
  Transport,
  'findViewers' | 'chooseViewer' | 'startViewer' | 'viewerCommand'
>;

/** The viewer half of the transport, on this machine. */
export function createViewers(options: MachineOptions): Viewers {
  const machine = thisMachine(options);
  return {
    findViewers: () => detectViewers(machine),
    chooseViewer: (wish) => chooseViewer(wish, machine),
    startViewer: (viewer, viewerOptions) => startViewer(viewer, viewerOptions, options.environment),
    viewerCommand,
  };
}
