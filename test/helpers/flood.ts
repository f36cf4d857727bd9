import type { WebSocket } from 'ws';
import { eventually } from './eventually.js';

const MIB = 1024 * 1024;

/** Deterministic bytes in chunks of varying size up to 1 MiB. */
export function* pieces(totalBytes: number): Generator<Buffer> {
  const pool = Buffer.from(
    Uint8Array.from({ length: MIB }, (_, index) => (index * 31) ^ (index >> 8)),
  );
  let seed = 1;
  for (let left = totalBytes; left > 0; ) {
    seed = (seed * 48_271) % 2_147_483_647;
    const piece = pool.subarray(0, Math.min(left, 1 + (seed % MIB)));
    left -= piece.length;
    yield piece;
  }
}

/** Number of bytes sent before backpressure stops the sender. */
export async function bytesUntilBackpressure(
  send: () => boolean,
  sent: () => number,
): Promise<number> {
  let last = -1;
  let still = 0;
  await eventually(() => {
    while (send());
    still = sent() === last ? still + 1 : 0;
    last = sent();
    return still === 5;
  });
  return last;
}

/** The same for a page, which sends 256 KiB at a time with about 1 MiB buffered at most. */
export function pageBytesUntilBackpressure(page: WebSocket): Promise<number> {
  const chunk = Buffer.alloc(256 * 1024);
  let given = 0;
  const send = () => {
    if (page.bufferedAmount > MIB) return false;
    given += chunk.length;
    page.send(chunk);
    return true;
  };
  return bytesUntilBackpressure(send, () => given - page.bufferedAmount);
}
