import { DeskError } from '../../errors/desk-error.js';
import type { Redactor } from '../../view/redact.js';
import type { OutputStream } from './process-context.js';

/** All output of a run: results to stdout, messages to stderr with secrets redacted. */
export function createWriter(
  stdout: OutputStream,
  stderr: OutputStream,
  redactor: Redactor,
  onClosed: () => void,
) {
  let isClosed = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Other errors reject the write.
    if (error.code === 'EPIPE') isClosed = true;
    onClosed();
  });
  // Errors of stderr cannot be reported.
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
    /** Resolves when the text is written or its reader has gone; rejects on other errors. */
    async result(text: string): Promise<void> {
      if (text !== '') await write(`${text}\n`);
    },
    /** Writes binary data unchanged; stops reading it when the reader of stdout has gone. */
    async bytes(content: AsyncIterable<Uint8Array>): Promise<void> {
      for await (const piece of content) {
        await write(piece);
        if (isClosed) return;
      }
    },
    message(text: string) {
      if (text !== '') stderr.write(redactor.redact(text));
    },
    /** Whether the reader of stdout has gone (EPIPE, as in `… | head -1`), which is no failure. */
    get isClosed() {
      return isClosed;
    },
  };
}
