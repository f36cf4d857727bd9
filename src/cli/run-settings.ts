import type { Runtime } from '../commands/context.js';
import { resolveLogin } from '../domain/login/resolve-login.js';
import type { CurrentLogin, StoredLogin } from '../model/login.js';
import type { ParsedSettings, Setting, SettingName } from '../model/settings.js';
import type { Store } from '../store/store.js';
import { once } from './once.js';
import { resolveSetting } from './parse/settings.js';

export interface SettingsParts {
  readonly environment: Runtime['environment'];
  /** Settings from the command line. */
  readonly settings: ParsedSettings;
  store(): Promise<Store>;
  keepSecret(secret: string): void;
}

export interface RunSettings {
  setting<Name extends SettingName>(name: Name): Promise<Setting<Name>>;
  /** Without the store. */
  settingOfThisRun<Name extends SettingName>(name: Name): Setting<Name>;
  /** @throws auth.required, auth.noApiUrl, auth.otherOrigin, store.* */
  login(): Promise<CurrentLogin>;
}

export function createRunSettings(parts: SettingsParts): RunSettings {
  const sources = { options: parts.settings, environment: parts.environment };
  const file = once(async () => (await parts.store()).settings.read());
  const profile = once(async () => (await withoutProfile('profile')).value);
  const stored = once(async () => (await parts.store()).credentials.load(await profile()));

  async function withoutProfile<Name extends SettingName>(name: Name): Promise<Setting<Name>> {
    return resolveSetting(name, { ...sources, file: await file() });
  }

  return {
    settingOfThisRun: (name) => resolveSetting(name, sources),
    /** The stored login of the profile provides its own URLs, unless an option or variable is set. */
    async setting(name) {
      const found = await withoutProfile(name);
      const isDecided = found.source === 'option' || found.source === 'env';
      if (isDecided || (name !== 'apiUrl' && name !== 'platformUrl')) return found;
      const ofProfile = urlsOf(await stored());
      return resolveSetting(name, { ...sources, file: await file(), profile: ofProfile });
    },
    login: once(async () => {
      const environmentToken = parts.environment.HPC_DESK_TOKEN;
      const isMissing = (await stored()) === undefined && !environmentToken;
      const current = resolveLogin({
        profile: await profile(),
        stored: await stored(),
        profiles: isMissing ? await (await parts.store()).credentials.list() : [],
        environmentToken,
        apiUrl: await withoutProfile('apiUrl'),
        platformUrl: await withoutProfile('platformUrl'),
      });
      parts.keepSecret(current.token);
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
