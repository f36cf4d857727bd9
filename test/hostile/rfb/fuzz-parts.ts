import { isDeskError } from '../../../src/errors/desk-error.js';
import { decodeTile } from '../../../src/transport/rfb/decoders/zrle-tile.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import { hex, join, spoken, text, u32, zeros } from '../rfb-parts.js';
import { lookAtBytes } from './played-stream.js';
import { type RandomStream, randomStream } from './random-stream.js';
import { readTile } from './reference-tile.js';
import { seededRandom } from './seeded-random.js';

/** Small desktops, so that mutations meet what matters. */
export const STREAMS: readonly RandomStream[] = Array.from({ length: 100 }, (_, seed) => {
  const random = seededRandom(seed);
  return randomStream(seed, { width: random.between(1, 24), height: random.between(1, 24) });
});

/** Ways into a desktop up to ClientInit, as far as the server speaks. */
export const OPENINGS: readonly Buffer[] = [
  join(text('RFB 003.008\n'), hex('01 01'), u32(0)),
  join(text('RFB 003.008\n'), hex('02 02 10'), zeros(16), u32(0)),
  join(text('RFB 003.007\n'), hex('01 01')),
  join(text('RFB 003.003\n'), u32(1)),
  join(text('RFB 003.003\n'), u32(2), zeros(16), u32(0)),
  join(text('RFB 003.008\n'), hex('00'), spoken('Too many security failures')),
  join(text('RFB 003.008\n'), hex('01 01'), u32(1), spoken('go away')),
  text('SSH-2.0-OpenSSH_9.2\r\n'),
];

/** A picture, or undefined where the client refused as it may; anything else is thrown on. */
export async function pictureOrRefusal(...all: Parameters<typeof lookAtBytes>) {
  try {
    return await lookAtBytes(...all);
  } catch (error) {
    if (isDeskError(error) || error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** Whether our decoder and the reference make the same pixels of the same number of bytes, or both refuse. */
export function isDecodedAlike(bytes: Buffer, width: number, height: number): boolean {
  const pixels = new Uint32Array(width * height);
  const ours = bytesTaken(ProtocolError, () => decodeTile(bytes, { width, height }, pixels));
  const cursor = { bytes, at: 0 };
  let theirPixels: readonly number[] = [];
  const theirs = bytesTaken(Error, () => {
    theirPixels = readTile(cursor, width, height);
    return cursor.at;
  });
  return ours === theirs && theirPixels.every((pixel, index) => pixel === pixels[index]);
}

function bytesTaken(
  Refusal: new (message: string) => Error,
  decode: () => number,
): number | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
