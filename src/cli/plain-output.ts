import { fstatSync, type Stats, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import type { OutputListener, OutputStream } from './run/world.js';

/**
 * What stands at a descriptor. Node's own stream costs a seventh of its start to load, and does no more for a pipe than
 * write(2) does: there too it waits until everything is written (Node's documentation, "A note on process I/O").
 *
 * @param descriptor - 1 or 2.
 * @param streamOf - Gives Node's stream, for terminals, for Windows, and for a pipe that says it is full.
 */
export function openOutput(
  descriptor: number,
  platform: NodeJS.Platform,
  streamOf: () => OutputStream,
): OutputStream {
  return platform !== 'win32' && isPlain(descriptor)
    ? createPlainOutput(descriptor, streamOf)
    : streamOf();
}

function isPlain(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isFIFO() || status.isSocket() || status.isFile() || isNull(status);
  } catch {
    // Closed: Node has an answer to that.
    return false;
  }
}

/** Whether this is `/dev/null`, which is a character device as a terminal is. */
export function isNull(status: Stats): boolean {
  return status.isCharacterDevice() && status.rdev === statSync(devNull).rdev;
}

function createPlainOutput(descriptor: number, streamOf: () => OutputStream): OutputStream {
  const listeners: OutputListener[] = [];
  let stream: OutputStream | undefined;

  function useStream(): OutputStream {
    stream = streamOf();
    for (const listener of listeners) stream.on('error', listener);
    return stream;
  }

  return {
    on(_event, listener) {
      listeners.push(listener);
      stream?.on('error', listener);
    },
    write(content, onWritten = () => {}) {
      if (stream !== undefined) return stream.write(content, onWritten);
      const { rest, error } = writeAll(descriptor, Buffer.from(content));
      // Whoever shares the pipe has made it answer instead of wait.
      if (error?.code === 'EAGAIN') return useStream().write(rest, onWritten);
      if (error !== undefined) for (const listener of listeners) listener(error);
      onWritten(error);
    },
  };
}

/** Answers with what is left, and why. */
function writeAll(
  descriptor: number,
  bytes: Buffer,
): { rest: Buffer; error?: NodeJS.ErrnoException } {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    return { rest };
  } catch (error) {
    return { rest, error: error as NodeJS.ErrnoException };
  }
}
