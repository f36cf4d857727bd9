/**
 * Masking of WebSocket payloads (RFC 6455 §5.3) by words of 32 bits: `ws` does it byte by byte unless it finds the native
 * package `bufferutil`, in whose place the build puts this file. The names and arguments are that package's.
 */
export function mask(
  source: Buffer,
  key: Buffer,
  output: Buffer,
  offset: number,
  length: number,
): void {
  source.copy(output, offset, 0, length);
  unmask(output.subarray(offset, offset + length), key);
}

/** In place. @param key - Four bytes. */
export function unmask(buffer: Buffer, key: Buffer): void {
  const { byteOffset, length } = buffer;
  // Words stand at multiples of four.
  const first = -byteOffset & 3;
  if (length <= first) {
    unmaskBytes(buffer, key, 0, length);
    return;
  }
  const words = new Int32Array(buffer.buffer, byteOffset + first, (length - first) >>> 2);
  const rest = first + words.length * 4;
  // The key as the words meet it: from the byte of it that is next, in the byte order of the machine.
  const turned = Uint8Array.from({ length: 4 }, (_, index) => key[(first + index) & 3] ?? 0);
  const [word = 0] = new Int32Array(turned.buffer);
  unmaskBytes(buffer, key, 0, first);
  for (let index = 0; index < words.length; index += 1) {
    words[index] = (words[index] as number) ^ word;
  }
  unmaskBytes(buffer, key, rest, length);
}

function unmaskBytes(buffer: Buffer, key: Buffer, start: number, end: number): void {
  for (let index = start; index < end; index += 1) {
    buffer[index] = (buffer[index] ?? 0) ^ (key[index & 3] ?? 0);
  }
}
