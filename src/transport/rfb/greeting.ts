import { on } from 'node:events';
import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { GREETING_BYTES } from './messages.js';

/** `RFB 003.008\n` (RFC 6143 §7.1.1); servers also send 003.889, 004.001 and others. */
const GREETING = /^RFB (\d{3}\.\d{3})\n/;

/**
 * Reads the ProtocolVersion message of a server and returns its version, `003.008`. All bytes are unshifted back for the
 * next reader. The caller owns and closes the stream.
 *
 * @param target - host and port, for the error.
 * @throws rfb.notRfb, rfb.lockedOut, tunnel.lost when the peer closes first; the stream's own error; the signal's reason.
 */
export async function readGreeting(
  stream: Duplex,
  target: string,
  signal: AbortSignal,
): Promise<string> {
  let received = Buffer.alloc(0);
  if (stream.destroyed || stream.readableEnded) throw stream.errored ?? closedEarly(target);
  try {
    for await (const _ of on(stream, 'readable', { signal, close: ['end', 'close'] })) {
      received = Buffer.concat([received, stream.read() ?? Buffer.alloc(0)]);
      const outcome = parseGreeting(received, target);
      if (typeof outcome === 'string') {
        stream.unshift(received);
        return outcome;
      }
      if (outcome !== undefined) throw outcome;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  throw stream.errored ?? closedEarly(target);
}

function closedEarly(target: string): DeskError {
  return new DeskError('tunnel.lost', { target, reason: 'closed before the RFB greeting' });
}

/** The version, the failure, or undefined while more bytes are needed. */
export function parseGreeting(received: Buffer, target: string): string | DeskError | undefined {
  const text = received.toString('latin1');
  const mayFollow = 'RFB '.startsWith(text.slice(0, 4));
  if (text.length < GREETING_BYTES && mayFollow) return undefined;
  const version = GREETING.exec(text)?.[1];
  if (version === undefined) {
    return new DeskError('rfb.notRfb', { target, received: excerptOf(text) });
  }
  const reason = findRefusal(version, received.subarray(GREETING_BYTES));
  return reason === undefined ? version : new DeskError('rfb.lockedOut', { target, reason });
}

/** The first line in printable ASCII, such as `SSH-2.0-OpenSSH_9.2` or `HTTP/1.1 400 Bad Request`. */
function excerptOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  return line.slice(0, 60).replace(/[^ -~]/g, '.');
}

/**
 * A server that has blacklisted us sends security type 0 of version 3.3 and a reason right after its greeting (RFC 6143
 * §7.1.2), in the same segment.
 */
function findRefusal(version: string, rest: Buffer): string | undefined {
  if (version !== '003.003' || rest.length <= 8 || rest.readUInt32BE(0) !== 0) return undefined;
  return rest.subarray(8, 8 + Math.min(rest.readUInt32BE(4), 300)).toString('utf8');
}
