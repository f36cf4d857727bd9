import { existsSync } from 'node:fs';
import { createCredentialStore } from './credential-store.js';
import { type FolderPlace, locateFolder } from './folder.js';
import { createLockHost, type LockHostOptions } from './lock-host.js';
import { createPrivateFile } from './private-file.js';
import type { UserId } from './private-path.js';
import { createSettingsStore } from './settings-store.js';
import type { Store } from './store.js';

export interface StoreOptions extends LockHostOptions, Omit<FolderPlace, 'exists'> {
  readonly userId: UserId;
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
