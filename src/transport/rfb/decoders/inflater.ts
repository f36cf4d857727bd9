import { constants, createInflate } from 'node:zlib';
import { MAX_READ_BYTES } from '../budget.js';
import type { ByteReader } from '../byte-reader.js';
import { ProtocolError } from '../protocol-error.js';

/**
 * The zlib stream of a connection, continued across rectangles (RFC 6143 §7.7.6). It inflates on demand, which makes a
 * decompression bomb harmless.
 */
export function createInflater() {
  const inflate = createInflate({ flush: constants.Z_SYNC_FLUSH, chunkSize: MAX_READ_BYTES });
  let reader: ByteReader | undefined;
  let compressedBytes = 0;
  let inflated: Buffer = Buffer.alloc(0);
  let isBusy = false;
  let failure: ProtocolError | undefined;
  let wake = () => {};

  inflate.on('data', (chunk: Buffer) => {
    inflated = Buffer.concat([inflated, chunk]);
    // Resumed by `peek`.
    inflate.pause();
    wake();
  });
  inflate.on('error', ({ message }) => fail(`sends a broken zlib stream (${message})`));
  inflate.on('end', () => fail('ends its zlib stream'));

  function fail(problem: string): void {
    failure ??= new ProtocolError(problem);
    wake();
  }

  function write(bytes: Buffer): void {
    isBusy = true;
    inflate.write(bytes, () => {
      isBusy = false;
      wake();
    });
  }

  return {
    /** Starts with the next `byteCount` compressed bytes of the connection. */
    begin(nextReader: ByteReader, byteCount: number) {
      reader = nextReader;
      compressedBytes = byteCount;
    },
    /** The next inflated bytes, at least `count` unless the data ends. @throws ProtocolError */
    async peek(count: number) {
      while (inflated.length < count) {
        if (failure !== undefined) throw failure;
        if (isBusy || inflate.readableLength > 0) {
          const progress = new Promise<void>((resolve) => {
            wake = resolve;
          });
          inflate.resume();
          await progress;
        } else if (compressedBytes > 0 && reader !== undefined) {
          const pieceBytes = Math.min(compressedBytes, MAX_READ_BYTES);
          compressedBytes -= pieceBytes;
          write(await reader.read(pieceBytes));
        } else break;
      }
      return inflated;
    },
    /** Discards peeked bytes. */
    consume(count: number) {
      inflated = inflated.subarray(count);
    },
    close: () => void inflate.destroy(),
  };
}

export type Inflater = ReturnType<typeof createInflater>;
