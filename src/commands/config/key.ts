import { DeskError } from '../../errors/desk-error.js';
import { nearestWord } from '../../model/nearest-word.js';
import { SETTING_NAMES, type SettingName } from '../../model/settings.js';
import type { ArgumentSpec } from '../command.js';

export const keyArgument: ArgumentSpec = {
  name: 'key',
  isRequired: true,
  summary: (messages) => messages.config.key,
  choices: SETTING_NAMES,
};

/** @throws usage.unknownSetting with the nearest right word. */
export function readKey(text: string | undefined): SettingName {
  const name = SETTING_NAMES.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  const key = text ?? '';
  throw new DeskError('usage.unknownSetting', { key, suggestion: nearestWord(key, SETTING_NAMES) });
}
