import type { Transport } from '../transport.js';
import { rowOf } from './catalogue.js';
import { chooseViewer } from './choose-viewer.js';
import { findClipboard } from './clipboard.js';
import { detectViewers } from './detect-viewers.js';
import { startViewer } from './start-viewer.js';
import { type MachineOptions, thisMachine } from './this-machine.js';
import { viewerCommand } from './viewer-command.js';

export type Viewers = Pick<
  Transport,
  | 'findViewers'
  | 'chooseViewer'
  | 'takesPassword'
  | 'findClipboard'
  | 'startViewer'
  | 'viewerCommand'
>;

/** The viewer half of the transport, on this machine. */
export function createViewers(options: MachineOptions): Viewers {
  const machine = thisMachine(options);
  return {
    findViewers: () => detectViewers(machine),
    chooseViewer: (wish) => chooseViewer(wish, machine),
    takesPassword: ({ id }) => rowOf(id).password.kind !== 'asks',
    findClipboard: () => findClipboard(options),
    startViewer: (viewer, viewerOptions) => startViewer(viewer, viewerOptions, options.environment),
    viewerCommand,
  };
}
