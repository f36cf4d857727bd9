import { DeskError } from '../../errors/desk-error.js';
import type { Redactor } from '../../view/redact.js';
import type { OutputStream } from './process-context.js';

/** The only way to the outside: results to stdout, everything else to stderr with secrets taken out. */
export interface Writer {
  /** Settles when the text has left; rejects when it could not, but for a reader that went away. */
  result(text: string): Promise<void>;
  /** The same for bytes that are no text; nothing is added, and nothing more is asked for when the reader is gone. */
  bytes(content: AsyncIterable<Uint8Array>): Promise<void>;
  message(text: string): void;
  /** Whether the reader of stdout went away (`… | head -1`), which is no failure. */
  readonly isClosed: boolean;
}

export function createWriter(
  stdout: OutputStream,
  stderr: OutputStream,
  redactor: Redactor,
  onClosed: () => void,
): Writer {
  let isClosed = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Of every other failure the write itself tells.
    if (error.code === 'EPIPE') isClosed = true;
    onClosed();
  });
  // Nobody is left to tell when stderr is gone.
  stderr.on('error', () => {});
  async function write(content: string | Uint8Array): Promise<void> {
    if (isClosed) return;
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
      stdout.write(content, resolve);
    });
    if (error && error.code !== 'EPIPE') {
      const reason = error.code ?? error.message;
      throw new DeskError('output.failed', { reason }, { cause: error });
    }
  }

  return {
    async result(text) {
      if (text !== '') await write(`${text}\n`);
    },
    async bytes(content) {
      for await (const piece of content) {
        await write(piece);
        if (isClosed) return;
      }
    },
    message(text) {
      if (text !== '') stderr.write(redactor.redact(text));
    },
    get isClosed() {
      return isClosed;
    },
  };
}
