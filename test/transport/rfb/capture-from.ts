import { PassThrough, Writable } from 'node:stream';
import type { Picture } from '../../../src/model/picture.js';
import { type ByteReader, createByteReader } from '../../../src/transport/rfb/byte-reader.js';
import { captureFrame } from '../../../src/transport/rfb/capture.js';

/** A reader of these bytes, followed by the end of the connection. */
export function readerOf(bytes: Buffer): ByteReader {
  const stream = new PassThrough();
  stream.end(bytes);
  return createByteReader(stream, '127.0.0.1:5901');
}

/** Captures from a server that sends `said` after ServerInit; also returns everything that the client sent. */
export async function captureFrom(
  said: Buffer | ByteReader,
  [widthPx, heightPx]: readonly [number, number],
): Promise<{ outcome: Picture | Error; asked: Buffer }> {
  const asked: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      asked.push(chunk);
      done();
    },
  });
  const reader = Buffer.isBuffer(said) ? readerOf(said) : said;
  const outcome = await captureFrame({ stream, reader, widthPx, heightPx }).catch((error) => error);
  return { outcome, asked: Buffer.concat(asked) };
}
