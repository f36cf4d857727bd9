import { closeSync } from 'node:fs';
import { maskError } from '../commands/print-finding.js';
import {
  type BackgroundMessage,
  type BackgroundTunnel,
  isSameTunnel,
  STATE_AFTER,
  type Tunnels,
} from '../domain/connect/tunnels.js';
import { DeskError } from '../errors/desk-error.js';
import type { WaitLimits } from '../store/private-file.js';
import { openTunnelRecords } from '../store/store.js';
import type { Tunnel, TunnelRecords } from '../store/tunnel-records.js';
import type { BackgroundProcess, ProcessContext } from './run/process-context.js';
import { toDeskError } from './run/report.js';
import type { IOStreams } from './run/streams.js';

const TERMINATION_MS = 10_000;
const POLL_MS = 50;

/** Background tunnels by process, record file and signals; no daemon or control socket. */
export function createTunnels(streams: IOStreams, limits: WaitLimits): Tunnels {
  const { processContext } = streams;
  const { background } = processContext;
  const { signal } = limits;
  const records = openTunnelRecords(processContext);

  async function end({ id, pid }: Tunnel): Promise<void> {
    // A process removes its record a little before it ends.
    const isRunning = records.watch(id);
    for (const name of ['SIGTERM', 'SIGKILL'] as const) {
      if (!isRunning()) return;
      processContext.kill(pid, name);
      for (let waitedMs = 0; isRunning() && waitedMs < TERMINATION_MS; waitedMs += POLL_MS) {
        await processContext.sleep(POLL_MS, signal);
      }
    }
  }

  return {
    list: async () => records.list(),
    async stop(tunnel) {
      if (tunnel.state !== 'failed') await end(tunnel);
      records.remove(tunnel.id);
    },
    start: () => startInBackground(processContext, records, signal),
    background: background && serveInBackground(streams, records, limits, background),
  };
}

async function startInBackground(
  { argv, environment }: ProcessContext,
  records: TunnelRecords,
  signal: AbortSignal,
) {
  const { startBackground } = await import('../transport/process/start-background.js');
  const id = crypto.randomUUID().slice(0, 8);
  const logDescriptor = records.openLog(id);
  try {
    const message = (await startBackground({
      argv,
      environment: { ...environment, HPC_DESK_TUNNEL: id },
      logDescriptor,
      signal,
    }).catch((error) => {
      records.remove(id);
      throw error;
    })) as BackgroundMessage | undefined;
    if (message === undefined)
      throw new DeskError('tunnel.notStarted', { log: records.logPath(id) });
    if ('ready' in message) return message.ready;
    const { failure, platform } = message;
    records.remove(id);
    throw new DeskError(failure.code, failure.details, platform === undefined ? {} : { platform });
  } finally {
    closeSync(logDescriptor);
  }
}

function serveInBackground(
  { processContext, redact }: IOStreams,
  records: TunnelRecords,
  limits: WaitLimits,
  { id, send }: BackgroundProcess,
): BackgroundTunnel {
  let record: Tunnel | undefined;
  let sweepAt: string | null = null;

  function save(next: Tunnel): void {
    record = next;
    records.save(next);
  }

  async function keepRecord(closed: Promise<void>): Promise<void> {
    try {
      await closed;
      records.remove(id);
    } catch (error) {
      const { code, details } = maskError(toDeskError(error), redact);
      const failure = { code, details };
      if (record !== undefined) save({ ...record, state: 'failed', failure });
      throw error;
    }
  }

  return {
    note(message) {
      if (message.kind === 'sweepSoon') {
        sweepAt = message.sweepAt;
        if (record !== undefined) save({ ...record, sweepAt });
      }
      const state = STATE_AFTER[message.kind];
      if (record !== undefined && state !== undefined && state !== record.state) {
        save({ ...record, state });
      }
    },
    serve: (key, open) =>
      records.exclusively(limits, async () => {
        const running = records.list().find((one) => isSameTunnel(one, key));
        if (running !== undefined && running.state !== 'failed') {
          const { pid, startedAt, state, failure, sweepAt: _, ...ready } = running;
          records.remove(id);
          await send({ ready });
          return ready;
        }
        const opened = await open();
        const ready = { ...opened.ready, id };
        const startedAt = processContext.now().toISOString();
        save({
          ...ready,
          url: null,
          pid: processContext.pid,
          startedAt,
          state: 'connected',
          failure: null,
          sweepAt,
        });
        if (running !== undefined) records.remove(running.id);
        await send({ ready });
        return { ...opened, ready, closed: keepRecord(opened.closed) };
      }),
  };
}
