import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseUrl } from '../../src/model/base-url.js';
import type { StoredLogin } from '../../src/model/login.js';
import type { Token } from '../../src/model/token.js';
import type { WaitLimits } from '../../src/store/private-file.js';
import type { LockHostOptions } from '../../src/store/process-identity.js';
import { createStore, type Store, type StoreOptions } from '../../src/store/store.js';

/** A temporary folder; the caller removes it. */
export function makeFolder(parent = tmpdir()): string {
  return mkdtempSync(join(parent, 'hpc-desk-store-'));
}

/** The real machine and process. */
export function machineOf(): LockHostOptions {
  return {
    platform: process.platform,
    pid: process.pid,
    hostname: hostname(),
    now: () => new Date(),
    random: Math.random,
    sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    isAlive,
  };
}

/** Limits of a run that is never aborted and has no deadline. */
export const UNLIMITED: WaitLimits = {
  signal: new AbortController().signal,
  remainingMs: async () => Number.POSITIVE_INFINITY,
};

/** A store in this folder, used by this process. */
export function openStore(folder: string, options: Partial<StoreOptions> = {}): Store {
  const here = { environment: { HPC_DESK_CONFIG_DIR: folder }, home: '/nowhere' };
  const userId = process.geteuid?.();
  return createStore({ ...machineOf(), ...here, userId, ...options }, UNLIMITED);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** The id of a process that has ended. */
export async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid as number;
}

export function loginOf(token: string): StoredLogin {
  return {
    token: token as Token,
    apiUrl: 'https://api.example.cn' as BaseUrl,
    otherApiUrls: ['https://api2.example.cn' as BaseUrl],
    platformUrl: 'https://www.example.cn' as BaseUrl,
    allowsHttp: false,
    clockOffsetMs: -3_600_000,
    user: 'alice',
    clusterUser: 'ac_alice',
    cluster: { id: '11111', name: 'east' },
    accountStatus: 'Normal',
    expiresAt: '2030-01-01T00:00:00.000Z',
    clusters: [
      { id: '11111', name: 'east', token: token as Token },
      { id: '22222', name: 'west', token: undefined },
    ],
    accessKey: {
      authUrl: 'https://login.example.cn' as BaseUrl,
      accessKey: 'ak',
      secretKey: 'sk',
    },
  };
}

/** The names in the folder other than the two expected files. */
export function straysIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => !/^(settings|credentials)\.json$/.test(name));
}

/** The tickets in the queue of processes that renew a login. */
export function ticketsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^renewal-[0-9a-f]{16}\.\d+\./.test(name));
}
