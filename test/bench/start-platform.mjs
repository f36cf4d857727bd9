import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A platform with one session, the desktop at `port`.
 *
 * @param createMs - Duration of a session creation.
 * @param certificate - Path of a file with key and certificate; without it the platform uses plain HTTP.
 */
export async function startPlatform(
  port,
  { host = '127.0.0.1', createMs = 0, certificate = undefined } = {},
) {
  const session = {
    id: '1',
    sessionId: 'bench',
    name: 'bench:1',
    hostname: 'bench',
    ip: host,
    sid: String(port - 5900),
    user: 'bench',
    jobs: '',
    width: '1920',
    length: '1080',
    createDate: '2026-01-01 00:00:00',
  };
  async function answer({ method }, response) {
    const data = method === 'GET' ? [session] : session;
    if (method === 'PUT') await sleep(createMs);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: '0', msg: 'success', data }));
  }
  const pem = certificate && readFileSync(certificate);
  const server = pem ? createTlsServer({ key: pem, cert: pem }, answer) : createServer(answer);
  await once(server.listen(0, host), 'listening');
  return server;
}

// As a program: PORT OPTIONS; prints the port on which it listens.
if (process.argv[1] === import.meta.filename) {
  const server = await startPlatform(Number(process.argv[2]), JSON.parse(process.argv[3]));
  console.log(server.address().port);
}
