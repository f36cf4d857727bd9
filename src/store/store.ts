import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CredentialStore, createCredentialStore } from './credentials.js';
import { type FolderPlace, locateFolder, locateStateFolder } from './folder.js';
import { ignoreErrors } from './ignore-errors.js';
import { createPrivateFile, type PrivateFile, type WaitLimits } from './private-file.js';
import type { UserId } from './private-path.js';
import { createLockHost, type LockHostOptions } from './process-identity.js';
import { createSettingsStore, type SettingsStore } from './settings.js';
import { createTunnelRecords, type TunnelRecords } from './tunnel-records.js';

/** What stays on disk. Every method reads afresh and every change is made under one lock shared by all processes. */
export interface Store {
  /** The folder, mode 0700, that holds both files. @throws store.noHome */
  readonly folder: string;
  readonly settings: SettingsStore;
  readonly credentials: CredentialStore;
}

export interface StoreOptions extends LockHostOptions, Omit<FolderPlace, 'exists'> {
  readonly userId: UserId;
}

/** Opens the records of background tunnels; nothing has to be closed. */
export function openTunnelRecords(options: StoreOptions): TunnelRecords {
  const { hostname, userId } = options;
  const folder = join(locateStateFolder(options), 'tunnels');
  return createTunnelRecords({ folder, userId, hostname, host: createLockHost(options) });
}

/** Opens what is on disk for this user; nothing is read or made before it is asked for, and nothing has to be closed. */
export function createStore(options: StoreOptions, limits: WaitLimits): Store {
  const { platform, environment, home, userId } = options;
  const locate = () => locateFolder({ platform, environment, home, exists: existsSync });
  const host = createLockHost(options);
  const folder = ignoreErrors(locate);
  const open = (name: string) =>
    folder === undefined
      ? createNoFile(locate)
      : createPrivateFile({ folder, name, userId, host, limits });
  return {
    get folder() {
      return folder ?? locate();
    },
    settings: createSettingsStore(open('settings')),
    credentials: createCredentialStore({ file: open('credentials'), folder: folder ?? '', host }),
  };
}

/** Without a home folder nothing is stored: a run with HPC_DESK_TOKEN needs none, and whatever is to be stored fails. */
function createNoFile(locate: () => string): PrivateFile {
  return {
    path: '',
    read: async () => ({}),
    async change() {
      locate();
    },
    async reduce() {},
    remove: async () => ({}),
  };
}

export interface FolderFacts {
  readonly path: string;
  readonly exists: boolean;
  /** Whether something can be stored there, now or after it is made. */
  readonly isWritable: boolean;
}

/**
 * Reads both files of a store, which also makes sure that they and their folder are shut to others; changes no content.
 *
 * @throws store.damaged, store.unsafe, store.unusable
 */
export async function lookAtFolder(store: Store): Promise<FolderFacts> {
  const path = store.folder;
  await store.settings.read();
  for (const profile of await store.credentials.list()) await store.credentials.load(profile);
  return { path, exists: existsSync(path), isWritable: isWritable(nearestExisting(path)) };
}

function nearestExisting(path: string): string {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? path : nearestExisting(parent);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
