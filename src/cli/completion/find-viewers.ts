import type { FoundViewer } from '../../transport/transport.js';
import { detectViewers } from '../../transport/viewer/detect-viewers.js';
import { machineFiles } from '../../transport/viewer/machine.js';
import type { CompletionWorld } from './find-candidates.js';

/** Finds viewers by their places alone, for Tab: no program is started, and nothing is loaded that could start one. */
export async function findViewers({
  platform,
  environment,
}: CompletionWorld): Promise<readonly FoundViewer[]> {
  const files = machineFiles(platform);
  const runForText = async () => '';
  const { viewers } = await detectViewers({ platform, environment, files, runForText });
  return viewers;
}
