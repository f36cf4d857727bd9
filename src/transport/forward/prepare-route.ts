import { formatLoginNode, type LoginNode } from '../../model/endpoint.js';
import type { OwnMachine } from '../process/child-environment.js';
import type { PreparedRoute, PrepareOptions } from '../transport.js';
import { openControlMaster } from './control-master.js';
import { connectTimeoutS } from './dial-route.js';
import { openForward } from './open-forward.js';

export function prepareRoute(options: PrepareOptions, machine: OwnMachine): PreparedRoute {
  const { via, mayAsk, timeoutMs, signal } = options;
  const { environment, platform } = machine;
  if (platform === 'win32' || signal.aborted) {
    return { openForward: (wanted) => openForward(wanted, machine), close: async () => {} };
  }
  const connectTimeout = connectTimeoutS(timeoutMs);
  const master = openControlMaster(via, { mayAsk, environment, connectTimeoutS: connectTimeout });
  let isTaken = false;
  master.prepare();
  signal.addEventListener('abort', master.close, { once: true });

  async function close(): Promise<void> {
    signal.removeEventListener('abort', master.close);
    if (!isTaken) await master.close();
  }

  return {
    close,
    async openForward(wanted) {
      isTaken = wanted.route.kind === 'ssh' && isSameNode(wanted.route.via, via);
      await close();
      return openForward(wanted, machine, isTaken ? master : undefined);
    },
  };
}

function isSameNode(one: LoginNode, other: LoginNode): boolean {
  return formatLoginNode(one) === formatLoginNode(other) && one.identityFile === other.identityFile;
}
