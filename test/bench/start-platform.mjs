import { once } from 'node:events';
import { createServer } from 'node:http';

/** A platform that knows one session: the server with the flood. */
export async function startPlatform(port) {
  const session = {
    id: '1',
    sessionId: 'bench',
    name: 'bench:1',
    hostname: 'bench',
    ip: '127.0.0.1',
    sid: String(port - 5900),
    user: 'bench',
    jobs: '',
    width: '1920',
    length: '1080',
    createDate: '2026-01-01 00:00:00',
  };
  const server = createServer(({ method }, response) => {
    const data = method === 'GET' ? [session] : session;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: '0', msg: 'success', data }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
