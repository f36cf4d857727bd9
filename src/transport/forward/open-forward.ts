import { once } from 'node:events';
import type { DeskError } from '../../errors/desk-error.js';
import { formatLoginNode, type LoginNode } from '../../model/endpoint.js';
import { isWsl, type OwnMachine } from '../process/child-environment.js';
import type {
  Forward,
  ForwardOptions,
  ListenOptions,
  PreparedRoute,
  PrepareOptions,
} from '../transport.js';
import { type ControlMaster, openControlMaster } from './control-master.js';
import { connectTimeoutS } from './dial-route.js';
import { openListener } from './forward-listener.js';
import { keepProof } from './reserved-connection.js';
import { serveClients } from './serve-clients.js';

/**
 * Implements `Transport.openForward`. Listens while the desktop is dialled; early clients wait for its greeting.
 *
 * @param controlMaster - Closed with the forward.
 */
export async function openForward(
  options: ForwardOptions,
  machine: OwnMachine,
  controlMaster = controlMasterFor(options, machine),
): Promise<Forward> {
  const { listen, signal, report = () => {} } = options;
  const { environment, platform } = machine;
  const route = { ...options, environment, controlMaster, isBulk: platform !== 'win32' };
  /** Aborts when the forward ends for any reason. */
  const life = new AbortController();
  const onAbort = () => life.abort(signal.reason);
  let failure: DeskError | undefined;

  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  const proof = keepProof(route, life.signal);
  const proven = proof.renew(() => report({ kind: 'dialled' }));
  const clients = serveClients({
    ...route,
    report,
    signal: life.signal,
    proven,
    takeProof: proof.take,
    onFinalFailure(error) {
      failure ??= error;
      life.abort();
    },
  });
  const listening = openListener({
    listen,
    environment,
    acceptsRelay: relayRule(listen, machine, proof.isUntaken),
    onClient: clients.serve,
  });

  async function closeAll(): Promise<void> {
    signal.removeEventListener('abort', onAbort);
    life.abort();
    const listener = await listening.catch(() => undefined);
    // The listener first: it tells the page why before the connections close.
    await Promise.all([listener?.close(), clients.close(), proof.close()]);
    await controlMaster?.close();
  }

  try {
    const [listener, rfbVersion] = await Promise.all([listening, proven]);
    const address = listener.address();
    const closed = untilAborted(life.signal).then(async () => {
      await closeAll();
      if (failure !== undefined) throw failure;
    });
    // Avoids an unhandled rejection when the caller uses only `close`.
    const closedQuietly = closed.catch(() => {});
    return {
      address,
      rfbVersion,
      closed,
      prove: () => proof.renew(),
      close() {
        life.abort();
        return closedQuietly;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** On WSL, what Windows may reach: the page, which requires a ticket, and a viewer's port until the viewer connects. */
function relayRule(
  listen: ListenOptions,
  machine: OwnMachine,
  awaitsViewer: () => boolean,
): (() => boolean) | undefined {
  if (!isWsl(machine)) return undefined;
  if (listen.kind === 'web') return () => true;
  return listen.kind === 'tcp' && listen.isForViewer === true ? awaitsViewer : undefined;
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** OpenSSH for Windows has no ControlMaster, so each connection logs in. */
function controlMasterFor(
  { route, mayAsk, timeoutMs }: ForwardOptions,
  { environment, platform }: OwnMachine,
): ControlMaster | undefined {
  if (route.kind === 'direct' || platform === 'win32') return undefined;
  const options = { mayAsk, environment, connectTimeoutS: connectTimeoutS(timeoutMs) };
  return openControlMaster(route.via, options);
}

export async function prepareRoute(
  options: PrepareOptions,
  machine: OwnMachine,
): Promise<PreparedRoute> {
  const { via, mayAsk, timeoutMs, signal } = options;
  const { environment, platform } = machine;
  if (platform === 'win32' || signal.aborted) {
    return { openForward: (wanted) => openForward(wanted, machine), close: async () => {} };
  }
  const connectTimeout = connectTimeoutS(timeoutMs);
  const master = openControlMaster(via, { mayAsk, environment, connectTimeoutS: connectTimeout });
  let isTaken = false;
  signal.addEventListener('abort', master.close, { once: true });
  // The caller may block the event loop next, by loading code.
  await master.prepare();

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
