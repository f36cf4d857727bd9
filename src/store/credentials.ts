import { join } from 'node:path';
import * as v from 'valibot';
import { DeskError, isDeskError } from '../errors/desk-error.js';
import { parseBaseUrl } from '../model/base-url.js';
import type { StoredLogin } from '../model/login.js';
import { parseToken, type Token } from '../model/token.js';
import { type Entries, isEntries } from './json-file.js';
import { withLock } from './lock.js';
import type { PrivateFile } from './private-file.js';
import type { LockHost } from './process-identity.js';

export type CredentialStore = ReturnType<typeof createCredentialStore>;

export interface ReplaceOptions {
  /** How long to wait for a renewal by another process, in milliseconds; then `makeNew` is called anyway and needs time too. */
  readonly patienceMs: number;
  /** Aborts the wait, not `makeNew`. */
  readonly signal: AbortSignal;
  /** Called when the new login could not be saved (store.*); it is returned anyway. */
  onUnsaved(error: DeskError): void;
}

/**
 * Stores logins as `{ "profiles": { NAME: LOGIN } }` and preserves unknown top-level keys. A login is replaced as a whole,
 * because fields of the previous one may belong to another account.
 */
export function createCredentialStore(file: PrivateFile, folder: string, host: LockHost) {
  /** The login of a profile, or undefined. @throws store.damaged, store.unsafe */
  const load = async (profile: string) => findLogin(await file.read(), profile);

  return {
    path: file.path,
    load,
    /** Names of all profiles with a login, sorted. @throws store.damaged, store.unsafe */
    list: async () => Object.keys(readProfiles(await file.read())).sort(),

    /** @throws store.*; the previous content is then unchanged. */
    save: (profile: string, login: StoredLogin) =>
      file.change((content) => withLogin(content, profile, login)),

    /** Removes one login; returns whether it existed. @throws store.* */
    async remove(profile: string): Promise<boolean> {
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

    /** Removes all logins, even from a damaged file; returns the readable profile names, sorted. @throws store.* */
    async removeAll(): Promise<readonly string[]> {
      const profiles = (await file.remove())?.profiles;
      return isEntries(profiles) ? Object.keys(profiles).sort() : [];
    },

    /**
     * Renews a login whose token was rejected, once across processes: the first calls `makeNew`, the others wait and get
     * the stored result; if it fails, the next one tries. A concurrent login or logout takes precedence over the renewal.
     *
     * @param deadToken - The rejected token; if the file already holds another one, that login is returned.
     * @param makeNew - Makes a login from the stored one, over the network. Called at most once.
     * @throws auth.required when the login does not exist (any more); store.damaged, store.unsafe, store.unusable; the
     * signal's reason; errors of `makeNew`, with the old login unchanged
     */
    async replaceDead(
      profile: string,
      deadToken: Token,
      makeNew: (login: StoredLogin) => Promise<StoredLogin>,
      options: ReplaceOptions,
    ): Promise<StoredLogin> {
      const found = requireLogin(profile, await load(profile));
      if (found.token !== deadToken) return found;
      return withRenewalLock(profile, options, async () => {
        const login = requireLogin(profile, await load(profile));
        if (login.token !== deadToken) return login;
        const renewed = await makeNew(login);
        try {
          return await replace(profile, deadToken, renewed);
        } catch (error) {
          if (!isDeskError(error) || isDeskError(error, 'auth.required')) throw error;
          options.onUnsaved(error);
          return renewed;
        }
      });
    },
  };

  /**
   * Runs `work` while no other process renews the same profile, best effort: if the lock cannot be acquired (full disk,
   * holder slower than `patienceMs`), `work` runs anyway. At worst the platform gets a second request; the store has its
   * own lock.
   *
   * One lock a profile, because the holder waits for the network; named by a hash for case-insensitive file systems.
   */
  async function withRenewalLock(
    profile: string,
    { patienceMs, signal }: ReplaceOptions,
    work: () => Promise<StoredLogin>,
  ): Promise<StoredLogin> {
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(profile).digest('hex').slice(0, 16);
    const waiting = { patienceMs, limitMs: patienceMs, signal };
    let isStarted = false;
    try {
      return await withLock(join(folder, `renewal-${hash}`), host, waiting, () => {
        isStarted = true;
        return work();
      });
    } catch (error) {
      if (isStarted) throw error;
      signal.throwIfAborted();
      return work();
    }
  }

  /** A login or logout during the renewal takes precedence. */
  async function replace(profile: string, deadToken: string, renewed: StoredLogin) {
    let kept = renewed;
    await file.change((content) => {
      const login = requireLogin(profile, findLogin(content, profile));
      kept = login.token === deadToken ? renewed : login;
      return kept === renewed ? withLogin(content, profile, renewed) : undefined;
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

function requireLogin(profile: string, login: StoredLogin | undefined): StoredLogin {
  if (login === undefined) throw new DeskError('auth.required', { profile });
  return login;
}

const isTimestamp = (text: string) => text === '' || Number.isFinite(Date.parse(text));
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
  expiresAt: v.pipe(v.string(), v.check(isTimestamp)),
  clusters: v.optional(v.array(CLUSTER), []),
  accessKey: v.optional(ACCESS_KEY, () => undefined),
});

/** Parses a stored login; undefined when it is damaged. Fields that earlier versions did not write get defaults. */
export function parseLoginEntry(entry: unknown): StoredLogin | undefined {
  const result = v.safeParse(LOGIN, entry);
  return result.success ? result.output : undefined;
}

function parsedBy<Parsed>(parse: (value: unknown) => Parsed | undefined) {
  return v.pipe(
    v.unknown(),
    v.transform(parse),
    v.custom<Parsed>((parsed) => parsed !== undefined),
  );
}
