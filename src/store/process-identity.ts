import { readFileSync, readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ignoreErrors } from './ignore-errors.js';

/** What a lock has to know of the process that wants it and of the machine it runs on. */
export interface LockHost {
  readonly pid: number;
  /** Hexadecimal; tells machines apart: two processes see each other's pids exactly when this is the same for both. */
  readonly machine: string;
  now(): Date;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
  /** Whether a process with this id exists, of whatever user. */
  isAlive(pid: number): boolean;
  /** When a process of this machine started, as a number in a unit of the system's own; undefined when that cannot be known. */
  startOf(pid: number): string | undefined;
}

export interface LockHostOptions
  extends Pick<LockHost, 'pid' | 'now' | 'sleep' | 'random' | 'isAlive'> {
  readonly platform: NodeJS.Platform;
  readonly hostname: string;
}

/** @see pid_namespaces(7): containers of one host may use the same pid for different processes. */
export function createLockHost(options: LockHostOptions): LockHost {
  const { platform, hostname, pid, now, sleep, random, isAlive } = options;
  // Without /proc, or with one that hides things, there is simply less to compare.
  const isLinux = platform === 'linux';
  return {
    pid,
    now,
    sleep,
    random,
    isAlive,
    get machine() {
      const kernel = isLinux ? readKernel() : '';
      return `${Buffer.from(hostname).toString('hex').slice(0, 32)}${kernel}` || '0';
    },
    startOf: chooseStartOf(platform),
  };
}

/** Windows has a way as well, but it takes longer than all that it would spare. */
function chooseStartOf(platform: NodeJS.Platform): LockHost['startOf'] {
  if (platform === 'linux') return readStartOnLinux;
  if (platform !== 'darwin') return () => undefined;
  const known = new Map<number, string | undefined>();
  return (pid) => {
    if (!known.has(pid)) known.set(pid, readStartOnMac(pid));
    return known.get(pid);
  };
}

/** @see ps(1), lstart: in the C locale `Mon Nov 30 01:23:29 2026`. */
function readStartOnMac(pid: number): string | undefined {
  // Every command that opens the store would load it, with all of Node's network.
  const { execFileSync }: typeof import('node:child_process') =
    createRequire('/')('node:child_process');
  const lstart = ignoreErrors(() =>
    execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 2000,
    }),
  );
  const startedAtMs = Date.parse(`${lstart?.trim()} UTC`);
  return Number.isNaN(startedAtMs) ? undefined : String(startedAtMs / 1000);
}

/** Which boot of which kernel this is, and which of its pid namespaces; hexadecimal. */
function readKernel(): string {
  const boot = ignoreErrors(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? '';
  const namespace = ignoreErrors(() => readlinkSync('/proc/self/ns/pid')) ?? '';
  return `${boot}${namespace}`.replaceAll(/[^\da-f]/g, '');
}

/**
 * The second field is the program's name in brackets and may hold blanks and brackets, so counting starts behind it.
 *
 * @see proc_pid_stat(5), field 22
 */
function readStartOnLinux(pid: number): string | undefined {
  const stat = ignoreErrors(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fieldsFromThird = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fieldsFromThird?.[22 - 3];
}

/** What is known of the process that made a lock; `unknown` when it is not on this machine. */
export type OwnerState = 'alive' | 'gone' | 'unknown';

/** Makes a file name that says which process holds a lock, and that is never made twice. */
export function nameOwner(host: LockHost): string {
  return [host.pid, host.startOf(host.pid) ?? 0, host.machine, crypto.randomUUID()].join('_');
}

const OWNER = /^(\d+)_(\d+)_([0-9a-f]+)_/;

/** The process id in the name of an owner. */
export function pidOf(name: string | undefined): number | undefined {
  const [, pid] = OWNER.exec(name ?? '') ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** Judges the owner of a lock by its name: gone when its pid is, or when that pid now belongs to a later process. */
export function judgeOwner(name: string, host: LockHost): OwnerState {
  const [, pid, start, machine] = OWNER.exec(name) ?? [];
  if (machine !== host.machine) return 'unknown';
  if (!host.isAlive(Number(pid))) return 'gone';
  const startNow = host.startOf(Number(pid));
  const isLater = start !== '0' && startNow !== undefined && startNow !== start;
  return isLater ? 'gone' : 'alive';
}
