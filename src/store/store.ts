import type { SettingName } from '../model/settings.js';
import type { StoredLogin } from '../model/stored-login.js';

/** What stays on disk. Every method reads afresh and every change is made under one lock shared by all processes. */
export interface Store {
  /** The folder, mode 0700, that holds both files. */
  readonly folder: string;
  readonly settings: SettingsStore;
  readonly credentials: CredentialStore;
}

export interface SettingsStore {
  readonly path: string;
  /** @throws store.damaged, store.unsafe */
  read(): Promise<Readonly<Partial<Record<SettingName, string>>>>;
  /** Stores one setting; undefined removes it. @throws store.* */
  write(name: SettingName, value: string | undefined): Promise<void>;
}

export interface CredentialStore {
  readonly path: string;
  /** The login of a profile, or undefined. @throws store.damaged, store.unsafe */
  load(profile: string): Promise<StoredLogin | undefined>;
  /** Names of all profiles that hold a login, sorted. */
  list(): Promise<readonly string[]>;
  /** @throws store.* ; whatever was stored before is then still there. */
  save(profile: string, login: StoredLogin): Promise<void>;
  /** Removes one login, or all; answers with the names removed. `'all'` works on a damaged store too. */
  remove(profile: string | 'all'): Promise<readonly string[]>;
}
