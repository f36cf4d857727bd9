import { nearestWord } from '../../model/nearest-word.js';
import { SETTINGS } from '../../model/settings.js';

/** The stored profile that a name most likely meant; nobody mistyped the one that counts by itself. */
export function suggestProfile(profile: string, stored: readonly string[]): string | undefined {
  return profile === SETTINGS.profile.fallback ? undefined : nearestWord(profile, stored);
}
