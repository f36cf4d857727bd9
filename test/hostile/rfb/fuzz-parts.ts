import { isDeskError } from '../../../src/errors/desk-error.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import { hex, join, spoken, text, u32, zeros } from '../rfb-parts.js';
import { FAMILIES } from './families.js';
import { lookAtBytes } from './played-stream.js';

/** Short scripts of the catalogue that end in a picture, so that their mutations reach the decoders. */
export const CONVERSATIONS: readonly Buffer[] = Object.values(FAMILIES)
  .flat()
  .filter(({ outcome, password }) => typeof outcome[0] === 'number' && password === undefined)
  .map(({ script }) => Buffer.concat(script.filter((step) => Buffer.isBuffer(step))))
  .filter(({ length }) => length < 4_096);

/** The server side of several handshakes, up to ClientInit. */
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

/** The picture, or undefined if the client rejected the stream with an expected error; rethrows any other. */
export async function pictureOrRefusal(...all: Parameters<typeof lookAtBytes>) {
  try {
    return await lookAtBytes(...all);
  } catch (error) {
    if (isDeskError(error) || error instanceof ProtocolError) return undefined;
    throw error;
  }
}
