import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint, IpAddress, Port } from '../../../src/model/endpoint.js';
import { startRfbServer } from '../../../src/sandbox/rfb/server.js';
import { wireSessionAt } from '../../helpers/start-platform-of.js';
import { PLANTED } from './sentinels.js';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a platform does with a request that holds secrets: it answers, breaks the connection off, or stays silent. */
export type Failure = (echo: Echo) => Answer | 'reset' | 'silence';

/** What was in the headers of the request, in the forms in which a server may repeat it. */
export interface Echo {
  readonly plain: string;
  readonly percent: string;
  readonly base64: string;
}

export interface EchoPlatform {
  readonly url: string;
  /** Signatures of log-ins, which nobody can know beforehand. */
  readonly signatures: ReadonlySet<string>;
  /** From now on every request meets this; undefined lets all go well. */
  play(failure: Failure | undefined): void;
  /** Settles with the next request. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

/** A platform that issues the planted secrets, has one session with a desktop, and repeats whatever it is told. */
export async function startEchoPlatform(): Promise<EchoPlatform> {
  const screen = await startRfbServer({
    widthPx: 64,
    heightPx: 64,
    vncPassword: PLANTED.vncPassword,
    signal: new AbortController().signal,
    onClientsChanged: () => {},
  });
  const desktop = {
    host: '127.0.0.1' as IpAddress,
    port: (5900 + screen.display) as Port,
  };
  const signatures = new Set<string>();
  let failure: Failure | undefined;
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    if (typeof headers.signature === 'string') signatures.add(headers.signature);
    server.emit('heard');
    const outcome = failure?.(echoOf(headers)) ?? {
      body: JSON.stringify({ code: '0', msg: 'success', data: dataFor(method, url) }),
    };
    if (outcome === 'silence') return;
    if (outcome === 'reset') return void request.socket.resetAndDestroy();
    const { status = 200, headers: more, body } = outcome;
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function dataFor(method: string, url: string): unknown {
    const row = Object.entries(DATA).find(([end]) => `${method} ${url}`.endsWith(end));
    return row === undefined ? '' : row[1]({ origin, desktop });
  }

  return {
    url: origin,
    signatures,
    play(next) {
      failure = next;
    },
    nextRequest: async () => void (await once(server, 'heard')),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await screen.close();
    },
  };
}

interface Site {
  readonly origin: string;
  readonly desktop: Endpoint;
}

/** By the end of method and path; deletions and questions about a token need nothing. */
const DATA: Readonly<Record<string, (site: Site) => unknown>> = {
  '/openapi/v2/tokens/next': () => PLANTED.refreshedToken,
  '/tokens': () => [{ clusterId: '1', clusterName: 'one', token: PLANTED.token }],
  '/openapi/v2/center': ({ origin }) => ({
    id: '1',
    name: 'one',
    clusterUserInfo: { userName: 'test_1' },
    hpcUrls: [{ enable: 'true', url: origin }],
  }),
  '/launchurl': ({ origin }) => `${origin}/page?ticket=${PLANTED.pageSecret}`,
  '/openapi/v2/cluster': () => [{ id: '1', text: 'one' }],
  'GET /hpc/openapi/v2/desktop/vnc': ({ desktop }) => [wireSessionAt(desktop)],
  'PUT /hpc/openapi/v2/desktop/vnc': ({ desktop }) => wireSessionAt(desktop),
};

const CREDENTIALS = ['token', 'password', 'accesskey', 'signature', 'proxy-authorization'];

function echoOf(headers: IncomingHttpHeaders): Echo {
  // Of a secret key the platform has a copy, with which it checks the signature.
  const known = headers.signature === undefined ? [] : [PLANTED.secretKey];
  const values = [...CREDENTIALS.flatMap((name) => headers[name] ?? []), ...known];
  const words = ['', 'x', 'xx'].flatMap((before) =>
    values.map((value) => Buffer.from(`${before}${value}`).toString('base64')),
  );
  return {
    plain: values.join(' '),
    percent: values.map((value) => encodeURIComponent(value)).join(' '),
    base64: words.join(' '),
  };
}
