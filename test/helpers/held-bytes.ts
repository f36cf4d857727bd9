import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOKS = 5;
const BETWEEN_LOOKS_MS = 100;

/**
 * Bytes in reachable buffers of this process: the minimum of a few samples, because V8 frees collected buffers in the
 * background. A leak shows in every sample.
 */
export async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  let leastBytes = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look += 1) {
    collect();
    await setTimeout(BETWEEN_LOOKS_MS);
    leastBytes = Math.min(leastBytes, process.memoryUsage().arrayBuffers);
  }
  return leastBytes;
}
