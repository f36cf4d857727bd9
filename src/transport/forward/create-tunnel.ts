import { tunnelCommand } from '../ssh/arguments.js';
import { lookAtKey } from '../ssh/look-at-key.js';
import type { Transport } from '../transport.js';
import { openForward, type TunnelMachine } from './open-forward.js';

/** The tunnel half of `Transport`. */
export function createTunnel(
  machine: TunnelMachine,
): Pick<Transport, 'openForward' | 'tunnelCommand' | 'lookAtKey'> {
  return {
    openForward: (options) => openForward(options, machine),
    lookAtKey: async (path) => lookAtKey(path),
    tunnelCommand,
  };
}
