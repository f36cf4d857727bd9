import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOKS = 5;
const BETWEEN_LOOKS_MS = 100;

/**
 * What this process holds in buffers that somebody still needs, in bytes: the least of a few looks, because V8 gives back
 * beside the program what it has collected. What has piled up is there at each.
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
