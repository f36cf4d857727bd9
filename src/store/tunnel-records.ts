import { openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type ErrorCode, type ErrorDetails, FAMILIES } from '../errors/codes.js';
import { isDeskError } from '../errors/desk-error.js';
import { writeAtomic } from './atomic-write.js';
import { ignoreErrors } from './ignore-errors.js';
import { type Entries, readJson } from './json-file.js';
import { withLock } from './lock.js';
import { toStoreFailure, type WaitLimits } from './private-file.js';
import { checkFolder, createFolder, type UserId } from './private-path.js';
import { judgeOwner, type LockHost, nameOwner, pidOf } from './process-identity.js';

const RECORD = v.object({
  id: v.string(),
  pid: v.number(),
  sessionId: v.string(),
  mode: v.picklist(['viewer', 'forward', 'web']),
  /** `IP:PORT` of the desktop. */
  target: v.string(),
  route: v.picklist(['direct', 'ssh']),
  via: v.nullable(v.string()),
  address: v.nullable(v.string()),
  port: v.nullable(v.number()),
  /** A record holds no secrets. */
  url: v.null(),
  viewer: v.nullable(v.object({ id: v.string(), path: v.string() })),
  /** ISO 8601, UTC. */
  startedAt: v.string(),
  /** `failed`: the process has ended. */
  state: v.picklist(['connected', 'reconnecting', 'failed']),
  /** Why a `failed` one ended. */
  failure: v.nullable(
    v.object({
      code: v.custom<ErrorCode>((code) => typeof code === 'string' && code in FAMILIES),
      details: v.custom<ErrorDetails[ErrorCode]>((value) => typeof value === 'object'),
    }),
  ),
  /** When the platform sweeps idle sessions, while that is near; ISO 8601, UTC. */
  sweepAt: v.nullish(v.string(), null),
});

/** A connection that runs in the background (`vnc connect --detach`). */
export type Tunnel = Readonly<v.InferOutput<typeof RECORD>>;
export type TunnelState = Tunnel['state'];
export type TunnelFailure = NonNullable<Tunnel['failure']>;

const DAY_MS = 24 * 60 * 60_000;
const FAILURE_KEPT_MS = DAY_MS;
/** No tunnel takes so long to open. */
const LOG_KEPT_MS = DAY_MS;
/** A tunnel writes its record before every nightly sweep; a suspended one does not. */
const FOREIGN_KEPT_MS = 7 * DAY_MS;
const RECORD_NAME = /^([0-9a-f]{8})\.json$/;
/** What a process that was killed may leave: a log without a record, an unfinished record. */
const REMAINS_NAME = /^([0-9a-f]{8})\.(?:log|json\.hpc-desk)$/;

export type TunnelRecords = ReturnType<typeof createTunnelRecords>;

/**
 * Records of background tunnels, one file each (0600, without secrets) in the state folder (0700).
 *
 * A record is valid while the process that wrote it runs: same machine, boot, pid and start time.
 */
export function createTunnelRecords(folder: string, userId: UserId, host: LockHost) {
  const pathOf = (id: string, end: 'json' | 'log') => join(folder, `${id}.${end}`);

  function remove(id: string): void {
    for (const path of [pathOf(id, 'json'), pathOf(id, 'log')]) {
      orStoreFailure(path, () => rmSync(path, { force: true }));
    }
  }

  function isOlder(name: string, ms: number): boolean {
    const status = statSync(join(folder, name), { throwIfNoEntry: false });
    return status !== undefined && host.now().getTime() - status.mtimeMs >= ms;
  }

  function removeRemains(names: readonly string[]): void {
    for (const name of names) {
      const id = REMAINS_NAME.exec(name)?.[1];
      if (id === undefined || names.includes(`${id}.json`) || !isOlder(name, LOG_KEPT_MS)) continue;
      ignoreErrors(() => rmSync(join(folder, name), { force: true }));
    }
  }

  function read(id: string) {
    const path = pathOf(id, 'json');
    let entries: Entries = {};
    try {
      entries = readJson(path, userId);
    } catch (error) {
      const failure = toStoreFailure(error, path);
      // No version of this program has written it completely.
      if (!isDeskError(failure, 'store.damaged')) throw failure;
    }
    const { success, output } = v.safeParse(RECORD, entries);
    const owner = typeof entries.owner === 'string' ? entries.owner : '';
    return { record: success && output.id === id ? output : undefined, owner };
  }

  /**
   * Records of other machines (shared home folder), containers and boots are not trusted, and removed only when they are
   * old. One that cannot be read may be of a tunnel that runs, so that is an error.
   */
  function judge(id: string): Tunnel | undefined {
    const { record, owner } = read(id);
    const state = owner === '' ? 'gone' : judgeOwner(owner, host);
    if (state === 'unknown') {
      if (isOlder(`${id}.json`, FOREIGN_KEPT_MS)) remove(id);
      return undefined;
    }
    const nowMs = host.now().getTime();
    if (state === 'alive' && record?.state !== 'failed') {
      // That of another version of this program stays, too.
      if (record === undefined) return undefined;
      const { sweepAt } = record;
      const isSwept = sweepAt !== null && Date.parse(sweepAt) <= nowMs;
      const pid = pidOf(owner) ?? record.pid;
      return { ...record, pid, sweepAt: isSwept ? null : sweepAt };
    }
    const isRecent = record && nowMs - Date.parse(record.startedAt) < FAILURE_KEPT_MS;
    if (isRecent && record.failure !== null) return record;
    remove(id);
    return undefined;
  }

  return {
    remove,
    logPath: (id: string) => pathOf(id, 'log'),
    /** Tunnels of this machine, oldest first, with those that failed in the last 24 h; removes stale files. */
    list(): readonly Tunnel[] {
      const names = orStoreFailure(folder, () =>
        checkFolder(folder, userId) ? readdirSync(folder) : [],
      );
      removeRemains(names);
      return names
        .flatMap((name) => RECORD_NAME.exec(name)?.[1] ?? [])
        .flatMap((id) => judge(id) ?? [])
        .sort((one, other) => one.startedAt.localeCompare(other.startedAt));
    },
    /** A test whether the process of a listed tunnel runs, which outlives the record. */
    watch(id: string): () => boolean {
      const { owner } = read(id);
      return () => judgeOwner(owner, host) === 'alive';
    },
    /** Writes the record of a tunnel of this process. @throws file system errors */
    save(record: Tunnel): void {
      createFolder(folder, userId);
      const text = JSON.stringify({ ...record, owner: nameOwner(host) });
      writeAtomic(pathOf(record.id, 'json'), text, 0o600);
    },
    /** Opens the log of a new tunnel for appending; the caller closes the descriptor. @throws store.unsafe, file system errors */
    openLog(id: string): number {
      createFolder(folder, userId);
      return openSync(pathOf(id, 'log'), 'ax', 0o600);
    },
    /** Runs `work` under an inter-process lock. @throws store.locked, the signal's reason */
    async exclusively<Result>(
      { signal, remainingMs }: WaitLimits,
      work: () => Promise<Result>,
    ): Promise<Result> {
      createFolder(folder, userId);
      // Who holds the lock waits for a platform and a login node: there is nothing but our own deadline to go by.
      const limitMs = await remainingMs();
      return withLock(join(folder, 'lock'), host, { patienceMs: limitMs, limitMs, signal }, work);
    },
  };
}

/** @throws store.* and system.limit for errors of the file system */
function orStoreFailure<Result>(path: string, access: () => Result): Result {
  try {
    return access();
  } catch (error) {
    throw toStoreFailure(error, path);
  }
}
