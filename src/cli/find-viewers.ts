import { accessSync, constants, readdirSync, realpathSync, statSync } from 'node:fs';
import { attempt } from '../store/attempt.js';
import type { FoundViewer } from '../transport/transport.js';
import { detectViewers } from '../transport/viewer/detect-viewers.js';
import type { CompletionWorld } from './find-candidates.js';

/** Finds viewers by their places alone, for Tab: no program is started, and nothing is loaded that could start one. */
export async function findViewers({
  platform,
  environment,
}: CompletionWorld): Promise<readonly FoundViewer[]> {
  const isProgram = (path: string) => {
    if (platform === 'win32' && !path.toLowerCase().endsWith('.exe')) return false;
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  };
  const { viewers } = await detectViewers({
    platform,
    environment,
    files: {
      isProgram: async (path) => attempt(() => isProgram(path)) === true,
      realPath: async (path) => attempt(() => realpathSync(path)),
      list: async (folder) => attempt(() => readdirSync(folder)) ?? [],
    },
    runForText: async () => '',
  });
  return viewers;
}
