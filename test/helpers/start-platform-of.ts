import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from '../../src/model/endpoint.js';

export interface OneSessionPlatform {
  readonly apiUrl: string;
  close(): Promise<void>;
}

/** The session of a desktop at this endpoint, in the format of the platform. */
export function wireSessionAt({ host, port }: Endpoint) {
  return {
    id: '1',
    sessionId: 'test-1',
    name: 'test:1',
    hostname: 'test',
    ip: host,
    sid: String(port - 5900),
    user: 'test',
    jobs: '',
    width: '1920',
    length: '1080',
    createDate: '2026-01-01 00:00:00',
  };
}

/** A platform whose only session is the desktop at this endpoint. */
export async function startPlatformOf(desktop: Endpoint): Promise<OneSessionPlatform> {
  const session = wireSessionAt(desktop);
  const server = createServer(({ method }, response) => {
    const data = method === 'GET' ? [session] : session;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: '0', msg: 'success', data }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
