import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { isDeskError } from '../../errors/desk-error.js';
import { CLOSE_CODES } from '../../model/page.js';

const NORMAL = 1000;
const UNSUPPORTED_DATA = 1003;
/** A lost page is detected at the second ping at the latest. */
const PING_INTERVAL_MS = 10_000;

/**
 * A WebSocket as a byte stream; the owner destroys it.
 *
 * Backpressure: each direction buffers at most one message. On destroy, the page gets the error code, or tunnel.lost.
 *
 * While the socket is paused, the end of the page would go unnoticed, so pings are sent: they fail once the peer is gone.
 */
export function streamOf(socket: WebSocket, pingIntervalMs = PING_INTERVAL_MS): Duplex {
  let pings: NodeJS.Timeout | undefined;
  const resume = () => {
    clearInterval(pings);
    pings = undefined;
    socket.resume();
  };
  const pause = () => {
    socket.pause();
    pings ??= setInterval(ping, pingIntervalMs);
  };
  const ping = () =>
    socket.ping(undefined, false, (error) => {
      if (error) stream.destroy(error);
    });
  const stream = new Duplex({
    allowHalfOpen: false,
    read: resume,
    // A server does not mask, so buffers are not copied.
    write: (bytes: Buffer, _encoding, done) => socket.send(bytes, { binary: true }, done),
    final(done) {
      socket.close(NORMAL);
      done();
    },
    destroy(error, done) {
      socket.close(CLOSE_CODES.failed, isDeskError(error) ? error.code : 'tunnel.lost');
      // Paused, the socket would not see the closing handshake.
      resume();
      done(error);
    },
  });
  socket.on('message', (bytes: Buffer, isBinary) => {
    if (!isBinary) socket.close(UNSUPPORTED_DATA);
    else if (!stream.destroyed && !stream.push(bytes)) pause();
  });
  // `close` follows.
  socket.on('error', () => {});
  socket.on('close', () => stream.push(null));
  return stream;
}
