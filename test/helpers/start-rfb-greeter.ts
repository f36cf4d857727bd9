import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Endpoint, IpAddress, Port } from '../../src/model/endpoint.js';
import { freePort } from './free-port.js';

export interface RfbGreeter {
  readonly target: Endpoint;
  /** Every connection accepted so far, in order. */
  readonly accepted: readonly Socket[];
  /** Resolves with the n-th connection, counted from 0. */
  connection(index: number): Promise<Socket>;
  close(): Promise<void>;
}

/** A TCP server on 127.0.0.1 that sends `greeting` and by default echoes what it receives. */
export async function startRfbGreeter(
  greeting: string | Buffer = 'RFB 003.008\n',
  onConnection: (socket: Socket) => void = (socket) => void socket.pipe(socket),
): Promise<RfbGreeter> {
  const accepted: Socket[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.write(greeting);
    onConnection(socket);
    accepted.push(socket);
    server.emit('accepted');
  });
  // Not an ephemeral port, so that the system does not reuse it after the server is closed.
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    target: { host: '127.0.0.1' as IpAddress, port: port as Port },
    accepted,
    connection: async (index) => {
      while (accepted.length <= index) await once(server, 'accepted');
      return accepted[index] as Socket;
    },
    close: async () => {
      for (const socket of accepted) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
