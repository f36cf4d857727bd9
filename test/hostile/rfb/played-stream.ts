import { Duplex } from 'node:stream';
import type { Picture } from '../../../src/model/picture.js';
import { createByteReader } from '../../../src/transport/rfb/byte-reader.js';
import { captureFrame } from '../../../src/transport/rfb/capture.js';
import { readGreeting } from '../../../src/transport/rfb/greeting.js';
import { shakeHands } from '../../../src/transport/rfb/handshake.js';

const TARGET = '127.0.0.1:5901';
const NEVER = new AbortController().signal;

/** A connection that delivers the bytes in pieces of the caller's choice, then ends; writes are discarded. */
export function playedStream(bytes: Buffer, nextPieceBytes: () => number): Duplex {
  let at = 0;
  return new Duplex({
    read() {
      const piece = bytes.subarray(at, at + Math.max(1, nextPieceBytes()));
      at += piece.length;
      this.push(piece.length > 0 ? piece : null);
    },
    write: (_chunk, _encoding, done) => done(),
  });
}

/** Runs the client from greeting to picture. */
export async function lookAtBytes(
  bytes: Buffer,
  nextPieceBytes: () => number = () => bytes.length,
  password?: string,
): Promise<Picture> {
  const stream = playedStream(bytes, nextPieceBytes);
  try {
    await readGreeting(stream, TARGET, NEVER);
    const reader = createByteReader(stream, TARGET);
    const onSecured = () => {};
    const greeted = await shakeHands({ stream, reader, target: TARGET, password, onSecured });
    return await captureFrame({ stream, reader, ...greeted });
  } finally {
    stream.destroy();
  }
}
