import type { OptionSpec, RawInput } from '../../commands/command.js';
import { oneOf } from '../../commands/options.js';
import { DeskError } from '../../errors/desk-error.js';
import {
  SETTINGS,
  type SettingDefinition,
  type SettingName,
  type SettingValue,
} from '../../model/settings.js';
import type { World } from '../run/world.js';
import { SETTING_OPTIONS } from './globals.js';

export interface SettingSources {
  readonly option: string | undefined;
  readonly environment: World['environment'];
  /** What the stored login of the current profile says. */
  readonly profile: string | undefined;
  readonly file: string | undefined;
}

/**
 * The value that counts: option > environment > profile > file > default. An empty variable counts as not set.
 *
 * @throws usage.invalidValue naming where the value came from.
 */
export function resolveSetting(name: SettingName, sources: SettingSources): SettingValue {
  const definition: SettingDefinition = SETTINGS[name];
  const variable = definition.environment ?? '';
  const candidates: readonly SettingValue[] = [
    { value: sources.option, source: 'option' },
    { value: sources.environment[variable] || undefined, source: 'env' },
    { value: sources.profile, source: 'profile' },
    { value: sources.file, source: 'settings' },
    { value: definition.fallback, source: 'default' },
  ];
  const found = candidates.find(({ value }) => value !== undefined);
  if (found?.value === undefined) return { value: undefined, source: 'unset' };
  if (!definition.accepts(found.value)) {
    const places = { option: SETTING_OPTIONS.get(name), env: variable };
    const place = places[found.source as keyof typeof places] ?? name;
    const { expected } = definition;
    throw new DeskError('usage.invalidValue', { name: place, value: found.value, expected });
  }
  return found;
}

/**
 * Checks what was typed before anything runs: the words of a choice, and values that stand for a setting.
 *
 * @throws usage.invalidValue
 */
export function checkOptions(options: readonly OptionSpec[], input: RawInput): void {
  for (const { long, choices } of options) {
    const value = input.text(long);
    if (value !== undefined && choices !== undefined) oneOf(long, value, choices);
  }
  for (const [name, long] of SETTING_OPTIONS) {
    const option = input.text(long);
    if (option !== undefined) {
      resolveSetting(name, { option, environment: {}, profile: undefined, file: undefined });
    }
  }
}
