import type { RawInput } from '../../commands/command.js';
import { DeskError } from '../../errors/desk-error.js';
import {
  defaultSetting,
  type ParsedSettings,
  parseSetting,
  parseSettings,
  SETTINGS,
  type Setting,
  type SettingDefinition,
  type SettingName,
} from '../../model/settings.js';
import type { ProcessContext } from '../run/process-context.js';
import { SETTING_OPTIONS } from './globals.js';

export interface SettingSources {
  readonly options: ParsedSettings;
  readonly environment: ProcessContext['environment'];
  /** From the stored login of the current profile. */
  readonly profile?: ParsedSettings;
  readonly file?: ParsedSettings;
}

/**
 * Effective value of a setting: option > environment > profile > file > default. An empty variable counts as unset.
 *
 * @throws usage.invalidValue with the variable's name.
 */
export function resolveSetting<Name extends SettingName>(
  name: Name,
  { options, environment, profile, file }: SettingSources,
): Setting<Name> {
  const option = options[name];
  if (option !== undefined) return { ...option, source: 'option' };
  const { environment: variable = '' }: SettingDefinition = SETTINGS[name];
  const text = environment[variable];
  if (text) {
    const parsed = parseSetting(name, text) ?? refuseValue(variable, name, text);
    return { ...parsed, source: 'env' };
  }
  const ofProfile = profile?.[name];
  if (ofProfile !== undefined) return { ...ofProfile, source: 'profile' };
  const stored = file?.[name];
  return stored === undefined ? defaultSetting(name) : { ...stored, source: 'settings' };
}

/** Settings given as options. @throws usage.invalidValue */
export function readOptionSettings(input: Pick<RawInput, 'text'>): ParsedSettings {
  const typed = [...SETTING_OPTIONS].map(([name, long]) => [name, input.text(long)]);
  return parseSettings(Object.fromEntries(typed), (name, value) =>
    refuseValue(SETTING_OPTIONS.get(name) ?? name, name, String(value)),
  );
}

function refuseValue(place: string, setting: SettingName, value: string): never {
  const { expected } = SETTINGS[setting];
  throw new DeskError('usage.invalidValue', { name: place, value, expected });
}
