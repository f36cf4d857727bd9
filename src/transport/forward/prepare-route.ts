import { formatLoginNode, type LoginNode } from '../../model/endpoint.js';
import type { OwnMachine } from '../process/child-environment.js';
import type { ForwardOptions, PrepareOptions } from '../transport.js';
import { controlMasterFor } from './control-master.js';

/** Implements `Transport.prepareRoute`; loads the rest of the forward while ssh logs in. */
export async function prepareRoute(options: PrepareOptions, machine: OwnMachine) {
  const { via, signal } = options;
  const master = signal.aborted ? undefined : controlMasterFor(via, options, machine);
  let isTaken = false;

  async function close(): Promise<void> {
    signal.removeEventListener('abort', close);
    if (!isTaken) await master?.close();
  }

  signal.addEventListener('abort', close);
  // The caller may block the event loop next, by loading code.
  await master?.prepare();
  return {
    /** Ends a login that no forward has taken over; safe to call twice and after `openForward`. */
    close,
    /**
     * `Transport.openForward`, using this login if the route has the same login node; the forward then owns it. May be
     * called once.
     */
    async openForward(wanted: ForwardOptions) {
      const { openForward } = await import('./open-forward.js');
      isTaken = wanted.route.kind === 'ssh' && isSameNode(wanted.route.via, via);
      await close();
      return openForward(wanted, machine, isTaken ? master : undefined);
    },
  };
}

function isSameNode(one: LoginNode, other: LoginNode): boolean {
  return formatLoginNode(one) === formatLoginNode(other) && one.identityFile === other.identityFile;
}
