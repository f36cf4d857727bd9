import * as v from 'valibot';
import { DeskError, isDeskError } from '../errors/desk-error.js';
import { parseBaseUrl } from '../model/base-url.js';
import type { StoredLogin } from '../model/login.js';
import { parseToken, type Token } from '../model/token.js';
import { type Entries, isEntries } from './json-file.js';
import type { PrivateFile } from './private-file.js';
import type { LockHost } from './process-identity.js';

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
   * watched. Then `makeNew` is called all the same, so leave it some of the run's time.
   */
  readonly patienceMs: number;
  /** Ends the waiting; `makeNew` has to look after itself. */
  readonly signal: AbortSignal;
  /** Told when the new login could not be kept (store.*): it is the answer, and the file holds the dead one. */
  onUnsaved(error: DeskError): void;
}

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
      await file.reduce((content) => {
        const profiles = readProfiles(content);
        if (!Object.hasOwn(profiles, profile)) return undefined;
        isRemoved = true;
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

const isMoment = (text: string) => text === '' || Number.isFinite(Date.parse(text));
/** As it came out of one line; what else is wrong with it shows when it is used. */
const isLine = (text: string) => text !== '' && !/[\r\n\0]/.test(text);

const CLUSTER = v.object({
  id: v.string(),
  name: v.string(),
  token: v.optional(parsedBy(parseToken), () => undefined),
});

const ACCESS_KEY = v.object({
  authUrl: parsedBy(parseBaseUrl),
  accessKey: v.pipe(v.string(), v.check(isLine)),
  secretKey: v.pipe(v.string(), v.check(isLine)),
});

const LOGIN = v.object({
  token: parsedBy(parseToken),
  apiUrl: parsedBy(parseBaseUrl),
  otherApiUrls: v.optional(v.array(parsedBy(parseBaseUrl)), []),
  platformUrl: v.optional(parsedBy(parseBaseUrl), () => undefined),
  allowsHttp: v.optional(v.boolean(), false),
  clockOffsetMs: v.fallback(v.optional(v.pipe(v.number(), v.safeInteger()), 0), 0),
  user: v.string(),
  clusterUser: v.string(),
  cluster: v.object({ id: v.string(), name: v.string() }),
  accountStatus: v.string(),
  expiresAt: v.pipe(v.string(), v.check(isMoment)),
  clusters: v.optional(v.array(CLUSTER), []),
  accessKey: v.optional(ACCESS_KEY, () => undefined),
});

/** Reads a login as it stands in the file; undefined when it is damaged. What a file of an earlier version lacks is empty. */
export function parseLoginEntry(entry: unknown): StoredLogin | undefined {
  const result = v.safeParse(LOGIN, entry);
  return result.success ? result.output : undefined;
}

function parsedBy<Parsed>(parse: (value: unknown) => Parsed | undefined) {
  return v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Parsed>(({ dataset, addIssue, NEVER }) => {
      const parsed = parse(dataset.value);
      if (parsed !== undefined) return parsed;
      addIssue();
      return NEVER;
    }),
  );
}
