import { openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type ErrorCode, type ErrorDetails, FAMILIES } from '../errors/codes.js';
import type { ReadyConnection } from '../model/session.js';
import { writeAtomic } from './atomic-write.js';
import { readJsonQuietly } from './json-file.js';
import { withLock } from './lock.js';
import { toStoreFailure } from './private-file.js';
import { createFolder, type UserId } from './private-path.js';
import { judgeOwner, type LockHost, nameOwner } from './process-identity.js';

export type TunnelState = 'connected' | 'reconnecting' | 'failed';

/** A connection that runs in the background (`vnc connect --detach`). */
export interface Tunnel extends ReadyConnection {
  readonly id: string;
  readonly pid: number;
  /** A record holds no secrets. */
  readonly url: null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** `failed`: the process has ended. */
  readonly state: TunnelState;
  /** Why a `failed` one ended. */
  readonly failure: TunnelFailure | null;
  /** When the platform sweeps idle sessions, while that is near; ISO 8601, UTC. */
  readonly sweepAt: string | null;
}

export interface TunnelFailure {
  readonly code: ErrorCode;
  readonly details: ErrorDetails[ErrorCode];
}

/**
 * Records of background tunnels, one file each (0600, without secrets) in the state folder (0700).
 *
 * A record is valid while the process that wrote it runs: same machine, boot, pid and start time.
 */
export interface TunnelRecords {
  /** Tunnels of this machine, oldest first, with those that failed in the last 24 h; removes stale files. */
  list(): readonly Tunnel[];
  /** Writes the record of a tunnel of this process. @throws file system errors */
  save(record: Tunnel): void;
  remove(id: string): void;
  /** A test whether the process of a listed tunnel runs, which outlives the record. */
  watch(id: string): () => boolean;
  /** Opens the log of a new tunnel for appending; the caller closes the descriptor. @throws store.unsafe, file system errors */
  openLog(id: string): number;
  logPath(id: string): string;
  /** Runs `work` under an inter-process lock. @throws store.locked, the signal's reason */
  exclusively<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

export interface TunnelRecordsOptions {
  readonly folder: string;
  readonly userId: UserId;
  readonly host: LockHost;
  readonly hostname: string;
}

/** Opening a tunnel waits for the platform and the login node, and several may be queued. */
const WAITING = { patienceMs: 5 * 60_000, limitMs: 15 * 60_000 };
const DAY_MS = 24 * 60 * 60_000;
const FAILURE_KEPT_MS = DAY_MS;
/** No tunnel takes so long to open. */
const LOG_KEPT_MS = DAY_MS;
/** A tunnel writes its record before every nightly sweep. */
const FOREIGN_KEPT_MS = 30 * DAY_MS;
const RECORD_NAME = /^([0-9a-f]{8})\.json$/;
/** What a process that was killed may leave: a log without a record, an unfinished record. */
const REMAINS_NAME = /^([0-9a-f]{8})\.(?:log|json\.hpc-desk)$/;

const RECORD = v.object({
  id: v.string(),
  pid: v.number(),
  sessionId: v.string(),
  mode: v.picklist(['viewer', 'forward', 'web']),
  target: v.string(),
  route: v.picklist(['direct', 'ssh']),
  via: v.nullable(v.string()),
  address: v.nullable(v.string()),
  port: v.nullable(v.number()),
  url: v.null(),
  viewer: v.nullable(v.object({ id: v.string(), path: v.string() })),
  startedAt: v.string(),
  state: v.picklist(['connected', 'reconnecting', 'failed']),
  failure: v.nullable(
    v.object({
      code: v.custom<TunnelFailure['code']>((code) => typeof code === 'string' && code in FAMILIES),
      details: v.custom<TunnelFailure['details']>((value) => typeof value === 'object'),
    }),
  ),
  sweepAt: v.nullish(v.string(), null),
  owner: v.string(),
  hostname: v.string(),
});

export function createTunnelRecords(options: TunnelRecordsOptions): TunnelRecords {
  const { folder, userId, host, hostname } = options;
  const pathOf = (id: string, end: 'json' | 'log') => join(folder, `${id}.${end}`);

  function remove(id: string): void {
    rmSync(pathOf(id, 'json'), { force: true });
    rmSync(pathOf(id, 'log'), { force: true });
  }

  function isOlder(name: string, ms: number): boolean {
    const status = statSync(join(folder, name), { throwIfNoEntry: false });
    return status !== undefined && host.now().getTime() - status.mtimeMs >= ms;
  }

  function removeRemains(names: readonly string[]): void {
    for (const name of names) {
      const id = REMAINS_NAME.exec(name)?.[1];
      if (id === undefined || names.includes(`${id}.json`) || !isOlder(name, LOG_KEPT_MS)) continue;
      rmSync(join(folder, name), { force: true });
    }
  }

  const read = (id: string) => v.safeParse(RECORD, readJsonQuietly(folder, id, userId)?.entries);

  /** Records of other machines (shared home folder) are not trusted, and removed only when they are old. */
  function judge(id: string): Tunnel | undefined {
    const parsed = read(id);
    if (!parsed.success || parsed.output.id !== id) {
      remove(id);
      return undefined;
    }
    const { owner, hostname: writtenOn, ...record } = parsed.output;
    if (writtenOn !== hostname) {
      if (isOlder(`${id}.json`, FOREIGN_KEPT_MS)) remove(id);
      return undefined;
    }
    const nowMs = host.now().getTime();
    if (judgeOwner(owner, host) === 'alive' && record.state !== 'failed') {
      const isSwept = record.sweepAt !== null && Date.parse(record.sweepAt) <= nowMs;
      return isSwept ? { ...record, sweepAt: null } : record;
    }
    const ageMs = nowMs - Date.parse(record.startedAt);
    if (record.failure !== null && ageMs < FAILURE_KEPT_MS) return record;
    remove(id);
    return undefined;
  }

  return {
    remove,
    logPath: (id) => pathOf(id, 'log'),
    list() {
      const names = namesIn(folder);
      removeRemains(names);
      return names
        .flatMap((name) => RECORD_NAME.exec(name)?.[1] ?? [])
        .flatMap((id) => judge(id) ?? [])
        .sort((one, other) => one.startedAt.localeCompare(other.startedAt));
    },
    watch(id) {
      const { success, output } = read(id);
      return () => success && judgeOwner(output.owner, host) === 'alive';
    },
    save(record) {
      createFolder(folder, userId);
      const text = JSON.stringify({ ...record, owner: nameOwner(host), hostname });
      writeAtomic(pathOf(record.id, 'json'), text, 0o600);
    },
    openLog(id) {
      createFolder(folder, userId);
      return openSync(pathOf(id, 'log'), 'ax', 0o600);
    },
    exclusively(signal, work) {
      createFolder(folder, userId);
      return withLock(join(folder, 'lock'), host, { ...WAITING, signal }, work);
    },
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw toStoreFailure(error, folder);
  }
}
