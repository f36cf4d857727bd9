import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { parseSettings, type SettingName } from '../model/settings.js';
import { createCredentialStore } from './credentials.js';
import { type FolderPlace, locateFolder, locateStateFolder } from './folder.js';
import { ignoreErrors } from './ignore-errors.js';
import { createPrivateFile, type PrivateFile, type WaitLimits } from './private-file.js';
import type { UserId } from './private-path.js';
import { createLockHost, type LockHostOptions } from './process-identity.js';
import { createTunnelRecords, type TunnelRecords } from './tunnel-records.js';

export interface StoreOptions extends LockHostOptions, FolderPlace {
  readonly userId: UserId;
}

/** Opens the records of background tunnels; nothing has to be closed. */
export function openTunnelRecords(options: StoreOptions): TunnelRecords {
  const folder = join(locateStateFolder(options), 'tunnels');
  return createTunnelRecords(folder, options.userId, createLockHost(options));
}

export type Store = ReturnType<typeof createStore>;

/**
 * Opens the store of this user; reads and creates nothing yet. Nothing is cached or has to be closed; every change is made
 * under one lock shared by all processes.
 */
export function createStore(options: StoreOptions, limits: WaitLimits) {
  const { userId } = options;
  const locate = () => locateFolder(options);
  const host = createLockHost(options);
  const folder = ignoreErrors(locate);
  const open = (name: string) =>
    folder === undefined
      ? createNoFile(locate)
      : createPrivateFile({ folder, name, userId, host, limits });
  return {
    /** The config folder (0700). @throws store.noHome */
    get folder() {
      return folder ?? locate();
    },
    settings: createSettingsStore(open('settings')),
    credentials: createCredentialStore(open('credentials'), folder ?? '', host),
  };
}

/** Without a home folder reads are empty (HPC_DESK_TOKEN needs no store) and changes throw store.noHome. */
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

export type FolderFacts = Awaited<ReturnType<typeof inspectFolder>>;

/**
 * Validates both files, which also checks the owner and mode of files and folder.
 *
 * @throws store.damaged, store.unsafe, store.unusable
 */
export async function inspectFolder(store: Store) {
  const path = store.folder;
  await store.settings.read();
  for (const profile of await store.credentials.list()) await store.credentials.load(profile);
  // Of the folder, or of its nearest existing parent.
  const isWritable = ignoreErrors(() => accessSync(nearestExisting(path), constants.W_OK) ?? true);
  return { path, exists: existsSync(path), isWritable: isWritable === true };
}

function nearestExisting(path: string): string {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? path : nearestExisting(parent);
}

/** Stores settings as a flat object; unknown names are preserved. */
function createSettingsStore({ path, ...file }: PrivateFile) {
  return {
    path,
    /** @throws store.damaged, store.unsafe */
    read: async () =>
      parseSettings(await file.read(), () => {
        throw new DeskError('store.damaged', { path });
      }),
    /** Stores one setting; undefined removes it. @throws store.* */
    write: (name: SettingName, value: string | undefined) =>
      file.change(({ [name]: old, ...others }) => {
        if (old === value) return undefined;
        return value === undefined ? others : { ...others, [name]: value };
      }),
  };
}
