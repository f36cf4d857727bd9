import { readFileSync, readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Clock } from '../model/time.js';
import { ignoreErrors } from './ignore-errors.js';

export interface LockHostOptions extends Clock {
  readonly platform: NodeJS.Platform;
  readonly hostname: string;
  readonly pid: number;
  /** Whether a process with this pid exists, of any user. */
  isAlive(pid: number): boolean;
}

export type LockHost = ReturnType<typeof createLockHost>;

/**
 * The process and machine that a lock is acquired for.
 *
 * @see pid_namespaces(7): containers of one host may reuse a pid.
 */
export function createLockHost(options: LockHostOptions) {
  const { platform, hostname, pid, now, sleep, random, isAlive } = options;
  return {
    pid,
    now,
    sleep,
    random,
    isAlive,
    /** Hexadecimal; equal for two processes exactly when they share a pid namespace. */
    get machine() {
      const kernel = platform === 'linux' ? readKernel() : '';
      return `${Buffer.from(hostname).toString('hex').slice(0, 32)}${kernel}` || '0';
    },
    /** Start time of a local process in a unit of the platform; undefined if unknown, empty for a zombie. */
    startOf: chooseStartOf(platform),
  };
}

/** On Windows querying the start time is too slow. */
function chooseStartOf(platform: NodeJS.Platform): (pid: number) => string | undefined {
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
  // A static import would load Node's network modules in every command that opens the store.
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

/** Boot id and pid namespace in hexadecimal; shorter where /proc is missing or restricted. */
function readKernel(): string {
  const boot = ignoreErrors(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? '';
  const namespace = ignoreErrors(() => readlinkSync('/proc/self/ns/pid')) ?? '';
  return `${boot}${namespace}`.replaceAll(/[^\da-f]/g, '');
}

/**
 * The second field (comm) may contain blanks and brackets, so fields are counted after its last bracket.
 *
 * @see proc_pid_stat(5), fields 3 and 22
 */
function readStartOnLinux(pid: number): string | undefined {
  const stat = ignoreErrors(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fieldsFromThird = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; in a container whose pid 1 does not wait for orphans it stays.
  return fieldsFromThird?.[0] === 'Z' ? '' : fieldsFromThird?.[22 - 3];
}

/** `unknown`: a process of another machine. */
export type OwnerState = 'alive' | 'gone' | 'unknown';

/** A unique file name that identifies this process as the owner of a lock. */
export function nameOwner(host: LockHost): string {
  return [host.pid, host.startOf(host.pid) ?? 0, host.machine, crypto.randomUUID()].join('_');
}

const OWNER = /^(\d+)_(\d+)_([0-9a-f]+)_/;

export function pidOf(name: string | undefined): number | undefined {
  const [, pid] = OWNER.exec(name ?? '') ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** The state of a lock's owner: gone when the pid no longer exists or was reused (another start time). */
export function judgeOwner(name: string, host: LockHost): OwnerState {
  const [, pid, start, machine] = OWNER.exec(name) ?? [];
  if (machine !== host.machine) return 'unknown';
  if (!host.isAlive(Number(pid))) return 'gone';
  const startNow = host.startOf(Number(pid));
  const isLater = start !== '0' && startNow !== undefined && startNow !== start;
  return isLater ? 'gone' : 'alive';
}
