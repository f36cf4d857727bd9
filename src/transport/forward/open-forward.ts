import type { OwnMachine } from '../process/child-environment.js';
import type { Forward, ForwardOptions } from '../transport.js';
import { connectTimeoutS } from './dial-route.js';
import { openListener } from './forward-listener.js';
import { holdConnection } from './held-connection.js';
import { logInOnce, type OneLogin } from './log-in-once.js';
import { proveDesktop } from './prove-desktop.js';
import { serveClients } from './serve-clients.js';

/** Servers give up on a client that says nothing; past this age a fresh connection is safer. */
const MAX_HELD_MS = 30_000;

/** Opens a forward, as `Transport.openForward` promises. */
export async function openForward(options: ForwardOptions, machine: OwnMachine): Promise<Forward> {
  const { listen, signal, report = () => {} } = options;
  const { environment } = machine;
  const oneLogin = oneLoginFor(options, machine);
  const isBulk = machine.platform !== 'win32';
  const routeOptions = { ...options, environment, oneLogin, isBulk };
  const stop = new AbortController();

  async function hold(limit: AbortSignal, onDialled?: () => void) {
    const { connection, rfbVersion } = await proveDesktop(routeOptions, limit, onDialled);
    return { rfbVersion, held: holdConnection(connection, MAX_HELD_MS) };
  }

  const first = await hold(signal, () => report({ kind: 'dialled' })).catch(async (error) => {
    await oneLogin?.close();
    throw error;
  });
  let proof = first.held;

  let end: (failure?: unknown) => void = () => {};
  const ended = new Promise<unknown>((resolve) => {
    end = resolve;
  });
  const clients = serveClients({
    ...routeOptions,
    report,
    takeProof: () => proof.take(),
    onFinalFailure: end,
  });
  const release = async () => {
    signal.removeEventListener('abort', onAbort);
    stop.abort();
    await Promise.all([clients.close(), proof.drop()]);
    await oneLogin?.close();
  };
  const onAbort = () => end();
  signal.addEventListener('abort', onAbort);

  const listener = await openListener({ listen, environment, onClient: clients.serve }).catch(
    async (error) => {
      await release();
      throw error;
    },
  );
  const closed = ended.then(async (failure) => {
    await Promise.all([listener.close(), release()]);
    if (failure !== undefined) throw failure;
  });
  const settled = closed.catch(() => {
    // Whoever awaits `closed` hears of it; a caller that only closes need not.
  });
  if (signal.aborted) end();
  return {
    address: listener.address,
    rfbVersion: first.rfbVersion,
    closed,
    async prove() {
      const { held } = await hold(stop.signal);
      const former = proof;
      proof = held;
      await former.drop();
      // It may have been closed between the greeting and now.
      if (stop.signal.aborted) await held.drop();
    },
    close: () => {
      end();
      return settled;
    },
  };
}

/** Where nobody can be asked, a login costs nobody anything, and each connection stands by itself. */
function oneLoginFor(
  { route, mayAsk, timeoutMs }: ForwardOptions,
  { environment, platform }: OwnMachine,
): OneLogin | undefined {
  if (route.kind === 'direct' || !mayAsk || platform === 'win32') return undefined;
  const options = { mayAsk, environment, connectTimeoutS: connectTimeoutS(timeoutMs) };
  return logInOnce(route, options);
}
