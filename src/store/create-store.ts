import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCredentialStore } from './credential-store.js';
import { type FolderPlace, locateFolder, locateStateFolder } from './folder.js';
import { createLockHost, type LockHostOptions } from './lock-host.js';
import { createPrivateFile } from './private-file.js';
import type { UserId } from './private-path.js';
import { createSettingsStore } from './settings-store.js';
import type { Store } from './store.js';
import { createTunnelRecords, type TunnelRecords } from './tunnel-records.js';

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
export function createStore(options: StoreOptions): Store {
  const { platform, environment, home, userId } = options;
  const folder = locateFolder({ platform, environment, home, exists: existsSync });
  const host = createLockHost(options);
  const open = (name: string) => createPrivateFile({ folder, name, userId, host });
  return {
    folder,
    settings: createSettingsStore(open('settings')),
    credentials: createCredentialStore({ file: open('credentials'), folder, host }),
  };
}
