import { DeskError, isDeskError } from '../errors/desk-error.js';
import type { StoredLogin } from '../model/stored-login.js';
import { type Entries, isEntries } from './entries.js';
import type { LockHost } from './lock-host.js';
import type { PrivateFile } from './private-file.js';
import type { CredentialStore } from './store.js';
import { parseLoginEntry } from './stored-login-entry.js';

export interface CredentialStoreOptions {
  readonly file: PrivateFile;
  readonly folder: string;
  readonly host: LockHost;
}

/**
 * Keeps logins as `{ "profiles": { NAME: LOGIN } }`; what else a later version wrote beside them stays in the file.
 * A login is replaced as a whole: left-over fields of the one before may belong to another account.
 */
export function createCredentialStore(options: CredentialStoreOptions): CredentialStore {
  const { file } = options;
  const load = async (profile: string) => findLogin(await file.read(), profile);

  return {
    path: file.path,
    load,
    list: async () => Object.keys(readProfiles(await file.read())).sort(),

    save: (profile, login) => file.change((content) => withLogin(content, profile, login)),

    async remove(profile) {
      let isRemoved = false;
      await file.change((content) => {
        const profiles = readProfiles(content);
        isRemoved = Object.hasOwn(profiles, profile);
        if (!isRemoved) return undefined;
        const { [profile]: _, ...others } = profiles;
        return { ...content, profiles: others };
      });
      return isRemoved;
    },

    async removeAll() {
      const profiles = (await file.remove())?.profiles;
      return isEntries(profiles) ? Object.keys(profiles).sort() : [];
    },

    async replaceDead(profile, deadToken, makeNew, { patienceMs, signal, onUnsaved }) {
      const found = demand(profile, await load(profile));
      if (found.token !== deadToken) return found;
      const { inRenewalTurn } = await import('./renewal-turn.js');
      return inRenewalTurn({ ...options, profile, patienceMs, signal }, async () => {
        const login = demand(profile, await load(profile));
        if (login.token !== deadToken) return login;
        const made = await makeNew(login);
        try {
          return await replace(profile, deadToken, made);
        } catch (error) {
          if (!isDeskError(error) || isDeskError(error, 'auth.required')) throw error;
          onUnsaved(error);
          return made;
        }
      });
    },
  };

  /** Whoever logged in or out while the new login was made wins over it. */
  async function replace(profile: string, deadToken: string, made: StoredLogin) {
    let kept = made;
    await file.change((content) => {
      const login = demand(profile, findLogin(content, profile));
      kept = login.token === deadToken ? made : login;
      return kept === made ? withLogin(content, profile, made) : undefined;
    });
    return kept;
  }

  function findLogin(content: Entries, profile: string): StoredLogin | undefined {
    const profiles = readProfiles(content);
    if (!Object.hasOwn(profiles, profile)) return undefined;
    return parseLoginEntry(profiles[profile]) ?? fail();
  }

  function withLogin(content: Entries, profile: string, login: StoredLogin): Entries {
    return { ...content, profiles: { ...readProfiles(content), [profile]: login } };
  }

  function readProfiles({ profiles = {} }: Entries): Entries {
    return isEntries(profiles) ? profiles : fail();
  }

  function fail(): never {
    throw new DeskError('store.damaged', { path: file.path });
  }
}

function demand(profile: string, login: StoredLogin | undefined): StoredLogin {
  if (login === undefined) throw new DeskError('auth.required', { profile });
  return login;
}
