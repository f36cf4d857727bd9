import { once } from 'node:events';
import type { DeskError } from '../../errors/desk-error.js';
import { isWsl, type OwnMachine } from '../process/child-environment.js';
import type { Forward, ForwardOptions, ListenOptions } from '../transport.js';
import { type ControlMaster, openControlMaster } from './control-master.js';
import { connectTimeoutS } from './dial-route.js';
import { openListener } from './forward-listener.js';
import { proveDesktop } from './prove-desktop.js';
import { type ReservedConnection, reserveConnection } from './reserved-connection.js';
import { serveClients } from './serve-clients.js';

/** Servers give up on a client that says nothing; past this age a fresh connection is safer. */
const MAX_RESERVED_MS = 30_000;

/**
 * Opens a forward, as `Transport.openForward` promises.
 *
 * @param controlMaster - Closed with the forward.
 */
export async function openForward(
  options: ForwardOptions,
  machine: OwnMachine,
  controlMaster = controlMasterFor(options, machine),
): Promise<Forward> {
  const { listen, signal, report = () => {} } = options;
  const { environment } = machine;
  const isBulk = machine.platform !== 'win32';
  const routeOptions = { ...options, environment, controlMaster, isBulk };
  /** Aborted when the forward ends, by whatever reason. */
  const life = new AbortController();
  const open: { close(): Promise<unknown> }[] = [];
  let failure: DeskError | undefined;
  let proof: ReservedConnection | undefined;
  let awaitsViewer = true;

  function onAbort(): void {
    life.abort(signal.reason);
  }
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();

  async function closeAll(): Promise<void> {
    signal.removeEventListener('abort', onAbort);
    life.abort();
    // The listener first, which says goodbye to pages before their streams are destroyed.
    await Promise.all([proof?.drop(), ...open.toReversed().map((part) => part.close())]);
    await controlMaster?.close();
  }

  /** Answers with the version of the greeting. */
  async function renewProof(onDialled?: () => void): Promise<string> {
    const { connection, rfbVersion } = await proveDesktop(routeOptions, life.signal, onDialled);
    const former = proof;
    proof = reserveConnection(connection, MAX_RESERVED_MS);
    awaitsViewer = true;
    await former?.drop();
    // The forward may have been closed between the greeting and now.
    if (life.signal.aborted) await proof.drop();
    return rfbVersion;
  }

  try {
    const proving = renewProof(() => report({ kind: 'dialled' }));
    const clients = serveClients({
      ...routeOptions,
      report,
      takeProof: () => {
        awaitsViewer = false;
        return proof?.take();
      },
      onFinalFailure(error) {
        failure ??= error;
        life.abort();
      },
    });
    open.push(clients);
    // It listens meanwhile; whoever comes before the desktop has answered waits for that.
    const listening = openListener({
      listen,
      environment,
      acceptsRelay: relayRule(listen, machine, () => awaitsViewer),
      onClient: (client) =>
        proving.then(
          () => clients.serve(client),
          () => void client.destroy(),
        ),
    });
    listening.catch(() => life.abort());
    const [proven, started] = await Promise.allSettled([proving, listening]);
    if (started.status === 'rejected') throw started.reason;
    const listener = started.value;
    open.push(listener);
    if (proven.status === 'rejected') throw proven.reason;
    const address = listener.address();
    const closed = untilAborted(life.signal).then(async () => {
      await closeAll();
      if (failure !== undefined) throw failure;
    });
    // Whoever awaits `closed` hears of a failure; a caller that only closes need not.
    const settled = closed.catch(() => {});
    return {
      address,
      rfbVersion: proven.value,
      closed,
      prove: () => renewProof(),
      close() {
        life.abort();
        return settled;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** On WSL, what Windows may reach: the page, which has its key, and a port for a viewer that has not connected yet. */
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

/** Windows has no shared logins, and each connection stands by itself. */
function controlMasterFor(
  { route, mayAsk, timeoutMs }: ForwardOptions,
  { environment, platform }: OwnMachine,
): ControlMaster | undefined {
  if (route.kind === 'direct' || platform === 'win32') return undefined;
  const options = { mayAsk, environment, connectTimeoutS: connectTimeoutS(timeoutMs) };
  return openControlMaster(route.via, options);
}
