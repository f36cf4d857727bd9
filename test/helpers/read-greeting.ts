import { once } from 'node:events';
import { connect } from 'node:net';

/** The ProtocolVersion message of a desktop on 127.0.0.1, without its line feed (RFC 6143 §7.1.1). */
export async function readGreeting(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [bytes] = await Promise.race([
      once(socket, 'data'),
      once(socket, 'end').then(() => [Buffer.from('nothing\n')]),
    ]);
    return bytes.toString('latin1').trimEnd();
  } finally {
    socket.destroy();
  }
}
