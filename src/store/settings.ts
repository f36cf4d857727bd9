import { DeskError } from '../errors/desk-error.js';
import { type ParsedSettings, parseSettings, type SettingName } from '../model/settings.js';
import type { PrivateFile } from './private-file.js';

export interface SettingsStore {
  readonly path: string;
  /** @throws store.damaged, store.unsafe */
  read(): Promise<ParsedSettings>;
  /** Stores one setting; undefined removes it. @throws store.* */
  write(name: SettingName, value: string | undefined): Promise<void>;
}

/** Stores settings as a flat object; unknown names are preserved. */
export function createSettingsStore(file: PrivateFile): SettingsStore {
  return {
    path: file.path,
    read: async () => {
      const content = await file.read();
      return parseSettings(content, () => {
        throw new DeskError('store.damaged', { path: file.path });
      });
    },
    write: (name, value) =>
      file.change(({ [name]: old, ...others }) => {
        if (old === value) return undefined;
        return value === undefined ? others : { ...others, [name]: value };
      }),
  };
}
