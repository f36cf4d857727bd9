import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Listens on a free port of 127.0.0.1 for a moment, as a forward would. @throws the system's error */
export async function findFreePort(signal: AbortSignal): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening', { signal });
    return (server.address() as AddressInfo).port;
  } finally {
    server.close();
  }
}
