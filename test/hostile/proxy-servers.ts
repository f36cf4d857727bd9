import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { GOOD, head, length } from './http-parts.js';

export interface ProxyServer {
  readonly port: number;
  /** `HOST:PORT` */
  readonly host: string;
  /** Everything that clients sent, including through a tunnel. */
  readonly heard: string[];
  close(): Promise<void>;
}

const ANSWER = `${head(200, length(GOOD.length))}${GOOD}`;

/** Responds to every request with success, whatever its host. */
export function startAnswering(): Promise<ProxyServer> {
  return listen((socket, heard) => {
    socket.on('data', (chunk) => {
      heard.push(chunk.toString('latin1'));
      socket.write(ANSWER);
    });
  });
}

/** Opens CONNECT tunnels, always to the same local port. */
export function startConnectProxy(targetPort: number): Promise<ProxyServer> {
  return listen((socket, heard) => {
    socket.once('data', (chunk) => {
      heard.push(chunk.toString('latin1'));
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      joinTo(targetPort, socket, heard);
    });
  });
}

/** The same with SOCKS 5 (RFC 1928), without authentication; without a port it responds itself. */
export function startSocksProxy(targetPort?: number): Promise<ProxyServer> {
  return listen((socket, heard) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (chunk) => {
        heard.push(chunk.toString('latin1'));
        socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        if (targetPort !== undefined) joinTo(targetPort, socket, heard);
        else socket.once('data', () => socket.write(ANSWER));
      });
    });
  });
}

function joinTo(port: number, socket: Socket, heard: string[]): void {
  const target = connect(port, '127.0.0.1');
  target.on('error', () => socket.destroy());
  target.on('close', () => socket.destroy());
  socket.on('close', () => target.destroy());
  socket.on('data', (chunk) => heard.push(chunk.toString('latin1')));
  socket.pipe(target).pipe(socket);
}

async function listen(serve: (socket: Socket, heard: string[]) => void): Promise<ProxyServer> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    serve(socket, heard);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    host: `127.0.0.1:${port}`,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
