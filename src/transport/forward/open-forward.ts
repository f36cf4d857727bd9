import { once } from 'node:events';
import type { DeskError } from '../../errors/desk-error.js';
import { isWsl, type OwnMachine } from '../process/child-environment.js';
import type { ForwardOptions, ListenOptions } from '../transport.js';
import { controlMasterFor } from './control-master.js';
import { openListener } from './forward-listener.js';
import { keepProof } from './reserved-connection.js';
import { serveClients } from './serve-clients.js';

export type Forward = Awaited<ReturnType<typeof openForward>>;

/**
 * Implements `Transport.openForward`. Listens while the desktop is dialled; early clients wait for its greeting.
 *
 * @param controlMaster - Closed with the forward.
 */
export async function openForward(
  options: ForwardOptions,
  machine: OwnMachine,
  controlMaster = controlMasterFor(
    options.route.kind === 'ssh' ? options.route.via : undefined,
    options,
    machine,
  ),
) {
  const { listen, signal, report = () => {} } = options;
  const { environment } = machine;
  const route = { ...options, environment, controlMaster };
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
      /** RFB version of the server's greeting: `003.008` (RFC 6143 §7.1.1). */
      rfbVersion,
      /** Settles when the forward is closed; rejects after a final failure (ssh.hostKey, ssh.authFailed, tunnel.lost). */
      closed,
      /**
       * Connects to the desktop again and returns the RFB version; the next client gets this connection.
       *
       * @throws like `openForward`, except tunnel.portTaken; the forward stays open.
       */
      prove: () => proof.renew(),
      /** Closes every connection, ends ssh, removes the socket; safe to call twice. */
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
