import type { DeskError } from '../errors/desk-error.js';
import type { SettingName } from '../model/settings.js';
import type { StoredLogin } from '../model/stored-login.js';
import type { Token } from '../model/token.js';

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
  /** Removes one login; answers whether there was one. @throws store.* */
  remove(profile: string): Promise<boolean>;
  /** Removes every login, also from a damaged file; answers with the names that could be read, sorted. @throws store.* */
  removeAll(): Promise<readonly string[]>;
  /**
   * Replaces a login whose token is dead, once among all processes: whoever comes first calls `makeNew`, the others
   * wait for it and get what it stored; when it fails, the next one tries. A log-in or log-out that happens meanwhile
   * wins over what `makeNew` made.
   *
   * @param deadToken - The token that was found dead; when the file holds another one by now, that login is the answer.
   * @param makeNew - Makes a login from the one in the file; may take as long as the network does. Called at most once.
   * @throws auth.required when there is no such login, or no more; store.damaged, store.unsafe, store.unusable when it
   * cannot be read; the reason of an aborted signal; whatever `makeNew` throws, with the old login still in the file
   */
  replaceDead(
    profile: string,
    deadToken: Token,
    makeNew: (login: StoredLogin) => Promise<StoredLogin>,
    options: ReplaceOptions,
  ): Promise<StoredLogin>;
}

export interface ReplaceOptions {
  /**
   * How long to wait for those that are at it already, in milliseconds; a process on another machine can only be
   * watched, which may take 30 s more. Then `makeNew` is called all the same, so leave it some of the run's time.
   */
  readonly patienceMs: number;
  /** Ends the waiting; `makeNew` has to look after itself. */
  readonly signal: AbortSignal;
  /** Told when the new login could not be kept (store.*): it is the answer, and the file holds the dead one. */
  onUnsaved(error: DeskError): void;
}
