import { resolveLogin } from '../domain/login/resolve-login.js';
import { isDeskError } from '../errors/desk-error.js';
import type { CurrentLogin, StoredLogin } from '../model/login.js';
import type { ParsedSettings, Setting, SettingName } from '../model/settings.js';
import type { Store } from '../store/store.js';
import { once } from './once.js';
import { resolveSetting } from './parse/settings.js';
import type { IOStreams } from './run/streams.js';

export interface RunSettings {
  setting<Name extends SettingName>(name: Name): Promise<Setting<Name>>;
  /** The same; from options and environment alone when the store is damaged. */
  settingEvenIfDamaged<Name extends SettingName>(name: Name): Promise<Setting<Name>>;
  /** @throws auth.required, auth.noApiUrl, auth.otherOrigin, store.* */
  login(): Promise<CurrentLogin>;
}

/** @param options - Settings from the command line. */
export function createRunSettings(
  { processContext: { environment }, keepSecret }: IOStreams,
  options: ParsedSettings,
  store: () => Promise<Store>,
): RunSettings {
  const sources = { options, environment };
  const file = once(async () => (await store()).settings.read());
  const profile = once(async () => (await withoutProfile('profile')).value);
  const stored = once(async () => (await store()).credentials.load(await profile()));

  async function withoutProfile<Name extends SettingName>(name: Name): Promise<Setting<Name>> {
    return resolveSetting(name, { ...sources, file: await file() });
  }

  /** The stored login of the profile provides its own URLs, unless an option or variable is set. */
  async function setting<Name extends SettingName>(name: Name): Promise<Setting<Name>> {
    const found = await withoutProfile(name);
    const isDecided = found.source === 'option' || found.source === 'env';
    if (isDecided || (name !== 'apiUrl' && name !== 'platformUrl')) return found;
    const ofProfile = urlsOf(await stored());
    return resolveSetting(name, { ...sources, file: await file(), profile: ofProfile });
  }

  return {
    setting,
    async settingEvenIfDamaged(name) {
      try {
        return await setting(name);
      } catch (error) {
        if (isDeskError(error) && error.family === 'local') return resolveSetting(name, sources);
        throw error;
      }
    },
    login: once(async () => {
      const environmentToken = environment.HPC_DESK_TOKEN;
      const login = await stored();
      const isMissing = login === undefined && !environmentToken;
      const current = resolveLogin({
        profile: await profile(),
        stored: login,
        profiles: isMissing ? await (await store()).credentials.list() : [],
        environmentToken,
        apiUrl: await withoutProfile('apiUrl'),
        platformUrl: await withoutProfile('platformUrl'),
      });
      keepSecret(current.token);
      return current;
    }),
  };
}

function urlsOf(login: StoredLogin | undefined): ParsedSettings {
  const { apiUrl, platformUrl } = login ?? {};
  return {
    ...(apiUrl && { apiUrl: { value: apiUrl, text: apiUrl } }),
    ...(platformUrl && { platformUrl: { value: platformUrl, text: platformUrl } }),
  };
}
