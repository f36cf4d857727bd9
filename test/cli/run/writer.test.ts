import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createWriter } from '../../../src/cli/run/writer.js';
import { createRedactor } from '../../../src/view/redact.js';
import { CapturedOutput } from '../../helpers/run-cli.js';

/** A stream whose writes fail with this error code. */
function brokenPipe(code: string) {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
  });
}

function open({ stdout = new CapturedOutput(false, 0) as Writable } = {}) {
  const stderr = new CapturedOutput(false, 0);
  const redactor = createRedactor();
  let closings = 0;
  const writer = createWriter(stdout, stderr, redactor, () => closings++);
  return { writer, stdout, stderr, redactor, closings: () => closings };
}

describe('a result', () => {
  it('is written to stdout with a newline', async () => {
    const { writer, stdout, stderr } = open();
    await writer.result('one');
    await writer.result('two');
    expect((stdout as CapturedOutput).text).toBe('one\ntwo\n');
    expect(stderr.text).toBe('');
  });

  it('that is empty prints nothing', async () => {
    const { writer, stdout } = open();
    await writer.result('');
    expect((stdout as CapturedOutput).text).toBe('');
  });

  it('is not redacted, as the token of a sandbox is requested output', async () => {
    const { writer, stdout, redactor } = open();
    redactor.keep('SENTINEL');
    await writer.result('SENTINEL');
    expect((stdout as CapturedOutput).text).toBe('SENTINEL\n');
  });

  it('that cannot be written is an error, as on a full disk', async () => {
    const { writer, closings } = open({ stdout: brokenPipe('ENOSPC') });
    await expect(writer.result('one')).rejects.toMatchObject({
      code: 'output.failed',
      details: { reason: 'ENOSPC' },
    });
    expect([writer.isClosed, closings()]).toEqual([false, 1]);
  });
});

describe('a message', () => {
  it('is written to stderr with secrets redacted', () => {
    const { writer, stdout, stderr, redactor } = open();
    redactor.keep('SENTINEL');
    writer.message('a SENTINEL\n');
    writer.message('');
    expect(stderr.text).toBe('a [redacted]\n');
    expect((stdout as CapturedOutput).text).toBe('');
  });
});

describe('a closed pipe', () => {
  it('on stdout is reported once', async () => {
    const { writer, closings } = open({ stdout: brokenPipe('EPIPE') });
    await writer.result('one');
    await writer.result('two');
    expect([writer.isClosed, closings()]).toEqual([true, 1]);
  });

  it('on stderr is ignored', async () => {
    const stderr = brokenPipe('EPIPE');
    const writer = createWriter(new CapturedOutput(false, 0), stderr, createRedactor(), () => {});
    writer.message('x');
    await new Promise((resolve) => stderr.once('close', resolve));
    expect(writer.isClosed).toBe(false);
  });
});

describe('bytes', () => {
  it('are written to stdout unchanged', async () => {
    const { writer, stdout } = open();
    await writer.bytes(Readable.from([Buffer.from('a\n'), Buffer.from('b')]));
    expect((stdout as CapturedOutput).text).toBe('a\nb');
  });

  it('are not read from the source after the pipe is closed', async () => {
    const { writer } = open({ stdout: brokenPipe('EPIPE') });
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces += 1;
        yield Buffer.from('a');
      }
    }
    await writer.bytes(endless());
    expect(pieces).toBeLessThan(3);
    expect(writer.isClosed).toBe(true);
  });
});
