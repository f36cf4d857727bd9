import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { isDeskError } from '../../errors/desk-error.js';
import { CLOSE_CODES } from '../../model/page.js';

const NORMAL = 1000;
const UNSUPPORTED_DATA = 1003;
/** How often a page that we do not read from is looked at; its end shows in the second answer at the latest. */
const LOOK_MS = 10_000;

/**
 * A WebSocket as a stream of bytes; whoever has it destroys it.
 *
 * Each direction holds one message at most: the next is read when the last has been taken, and sent when the last has been
 * written. Destroyed, it tells the page the code of our error, or tunnel.lost.
 *
 * While the next message waits, the socket is not read, and so an end of the page would not be seen: pings are sent, which
 * a system whose page has gone refuses.
 */
export function streamOf(socket: WebSocket, lookMs = LOOK_MS): Duplex {
  let looking: NodeJS.Timeout | undefined;
  const resume = () => {
    clearInterval(looking);
    looking = undefined;
    socket.resume();
  };
  const pause = () => {
    socket.pause();
    looking ??= setInterval(look, lookMs);
  };
  const look = () =>
    socket.ping(undefined, false, (error) => {
      if (error) stream.destroy(error);
    });
  const stream = new Duplex({
    allowHalfOpen: false,
    read: resume,
    // As the socket is the server's end, nothing is masked, and a buffer goes to the system as it is.
    write: (bytes: Buffer, _encoding, done) => socket.send(bytes, { binary: true }, done),
    final(done) {
      socket.close(NORMAL);
      done();
    },
    destroy(error, done) {
      socket.close(CLOSE_CODES.failed, isDeskError(error) ? error.code : 'tunnel.lost');
      // A reader that stalls would not see the end before what it was sent.
      resume();
      done(error);
    },
  });
  socket.on('message', (bytes: Buffer, isBinary) => {
    if (!isBinary) socket.close(UNSUPPORTED_DATA);
    else if (!stream.destroyed && !stream.push(bytes)) pause();
  });
  // Its close follows.
  socket.on('error', () => {});
  socket.on('close', () => stream.push(null));
  return stream;
}
