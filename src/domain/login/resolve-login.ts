import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText, originOf } from '../../model/base-url.js';
import { type CurrentLogin, describeToken, type StoredLogin } from '../../model/login.js';
import { nearestWord } from '../../model/nearest-word.js';
import { SETTINGS, type Setting } from '../../model/settings.js';
import { findTokenProblem, parseToken, type Token } from '../../model/token.js';

export interface LoginSources {
  readonly profile: string;
  readonly stored: StoredLogin | undefined;
  /** Profiles with a stored login, for spelling suggestions. */
  readonly profiles?: readonly string[];
  readonly environmentToken: string | undefined;
  readonly apiUrl: Setting<'apiUrl'>;
  /** Where a token from the environment may be renewed. */
  readonly platformUrl: Setting<'platformUrl'>;
}

/**
 * Decides which token this run uses and where it is sent. A stored token never leaves the origin it was issued for,
 * whatever option or variable is set.
 *
 * @throws auth.required, auth.noApiUrl, auth.otherOrigin, usage.invalidToken, usage.plainHttp
 */
export function resolveLogin(sources: LoginSources): CurrentLogin {
  const { profile, stored, environmentToken } = sources;
  const { value: apiUrl, source } = sources.apiUrl;
  // A URL in the settings file is a default for logins, not for this run.
  const isExplicit = source === 'option' || source === 'env';
  if (environmentToken) {
    const target = isExplicit ? apiUrl : (stored?.apiUrl ?? apiUrl);
    if (target === undefined) throw new DeskError('auth.noApiUrl', {});
    const platformUrl = statedUrl(sources.platformUrl);
    const allowed = stored?.allowsHttp ? [stored.apiUrl, stored.platformUrl] : [];
    for (const url of [target, platformUrl]) {
      if (url !== undefined && !allowed.includes(url)) refuseClearText(url);
    }
    const token = checkToken(environmentToken);
    const login = describeToken(token, target, platformUrl, stored?.allowsHttp);
    return { ...login, profile, tokenSource: 'env' };
  }
  if (stored === undefined) {
    const suggestion = suggestProfile(profile, sources.profiles ?? []);
    throw new DeskError('auth.required', { profile, suggestion });
  }
  if (isExplicit && apiUrl !== undefined && originOf(apiUrl) !== originOf(stored.apiUrl)) {
    const [issuedFor, requested] = [originOf(stored.apiUrl), originOf(apiUrl)];
    throw new DeskError('auth.otherOrigin', { issuedFor, requested });
  }
  return { ...stored, profile, tokenSource: 'file' };
}

/** The platform URL, unless by default or from another login: a foreign token must not go there. */
export function statedUrl({ value, source }: Setting<'platformUrl'>): BaseUrl | undefined {
  return source === 'default' || source === 'profile' ? undefined : value;
}

/** @throws usage.invalidToken */
export function checkToken(text: string): Token {
  const token = text.trim();
  const parsed = parseToken(token);
  if (parsed !== undefined) return parsed;
  throw new DeskError('usage.invalidToken', { problem: findTokenProblem(token) ?? 'empty' });
}

/** @throws usage.plainHttp for plain http beyond loopback. */
export function refuseClearText(url: BaseUrl): void {
  if (isClearText(url)) throw new DeskError('usage.plainHttp', { url });
}

/** The stored profile with the most similar name; none for the default profile. */
export function suggestProfile(profile: string, stored: readonly string[]): string | undefined {
  return profile === SETTINGS.profile.fallback ? undefined : nearestWord(profile, stored);
}
