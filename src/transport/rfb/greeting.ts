import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { GREETING_BYTES } from './messages.js';

/** `RFB 003.008\n` (RFC 6143 §7.1.1); servers also say 003.889, 004.001 and the like. */
const GREETING = /^RFB (\d{3}\.\d{3})\n/;
const MARK = 'RFB ';

/**
 * Reads the first line of an RFB server and answers with its version, `003.008`. Everything read is put back, so that
 * the next reader of the stream sees the connection from its beginning; the caller keeps the stream and closes it.
 *
 * @param target - host and port, for the error.
 * @throws rfb.notRfb, rfb.lockedOut, tunnel.lost when the other side closes first; what the stream itself fails with; the
 * signal's reason when aborted.
 */
export async function readGreeting(
  stream: Duplex,
  target: string,
  signal: AbortSignal,
): Promise<string> {
  let received = Buffer.alloc(0);
  // An error may come between two waits; the next look at the stream finds it.
  stream.on('error', leaveForLater);
  try {
    for (;;) {
      signal.throwIfAborted();
      if (stream.destroyed) throw stream.errored ?? closedEarly(target);
      const chunk: Buffer | null = stream.read();
      if (chunk === null) {
        if (stream.readableEnded) throw closedEarly(target);
        await nextSign(stream, signal);
        continue;
      }
      received = Buffer.concat([received, chunk]);
      const outcome = judgeGreeting(received, target);
      if (typeof outcome === 'string') {
        stream.unshift(received);
        return outcome;
      }
      if (outcome !== undefined) throw outcome;
    }
  } finally {
    stream.off('error', leaveForLater);
  }
}

function leaveForLater(): void {}

/**
 * Any of them may be the last: an end that comes together with bytes announces itself by no `readable` of its own, and a
 * failure closes.
 */
const SIGNS = ['readable', 'end', 'close'];

function nextSign(stream: Duplex, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const sign of SIGNS) stream.off(sign, stop);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    for (const sign of SIGNS) stream.on(sign, stop);
    signal.addEventListener('abort', stop);
  });
}

function closedEarly(target: string): DeskError {
  return new DeskError('tunnel.lost', { target, reason: 'closed before the RFB greeting' });
}

/** The version, the failure, or undefined while more is needed to tell. */
export function judgeGreeting(received: Buffer, target: string): string | DeskError | undefined {
  const text = received.toString('latin1');
  if (text.length < GREETING_BYTES && startsLikeGreeting(text)) return undefined;
  const version = GREETING.exec(text)?.[1];
  if (version === undefined) {
    return new DeskError('rfb.notRfb', { target, received: excerptOf(text) });
  }
  const reason = findRefusal(version, received.subarray(GREETING_BYTES));
  return reason === undefined ? version : new DeskError('rfb.lockedOut', { target, reason });
}

function startsLikeGreeting(text: string): boolean {
  return text.slice(0, MARK.length) === MARK.slice(0, text.length);
}

/** The first line, such as `SSH-2.0-OpenSSH_9.2` or `HTTP/1.1 400 Bad Request`, without anything invisible. */
function excerptOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  return line.slice(0, 60).replace(/[^ -~]/g, '.');
}

/**
 * A server that has locked us out says so unasked: security type 0 of version 3.3, then a reason (RFC 6143 §7.1.2).
 * Type, length and reason come with the greeting or not at all.
 */
function findRefusal(version: string, rest: Buffer): string | undefined {
  if (version !== '003.003' || rest.length <= 8 || rest.readUInt32BE(0) !== 0) return undefined;
  return rest.subarray(8, 8 + Math.min(rest.readUInt32BE(4), 300)).toString('utf8');
}
