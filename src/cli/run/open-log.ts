import { fstatSync, ftruncateSync, writeSync } from 'node:fs';
import type { OutputStream } from './process-context.js';

const MAX_BYTES = 256 * 1024;

/**
 * Writes messages to a log file with timestamps; truncates the file at 256 KiB.
 *
 * @param descriptor - Opened for appending.
 */
export function openLog(descriptor: number, now: () => Date): OutputStream {
  return {
    // Errors of the log cannot be reported.
    on() {},
    write(content, onWritten = () => {}) {
      const lines = String(content).replace(/\n$/, '').split('\n');
      const text = lines.map((line) => `${now().toISOString()} ${line}\n`).join('');
      try {
        if (fstatSync(descriptor).size > MAX_BYTES) ftruncateSync(descriptor);
        writeSync(descriptor, text);
      } catch {
        // A full disk must not end the connection.
      }
      onWritten();
    },
  };
}
