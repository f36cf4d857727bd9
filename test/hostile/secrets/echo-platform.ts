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

/** How a platform handles a request with secrets: it responds, resets the connection, or never responds. */
export type Failure = (echo: Echo) => Answer | 'reset' | 'silence';

/** The secrets in the request headers, in the encodings in which a server may echo them. */
export interface Echo {
  readonly plain: string;
  readonly percent: string;
  readonly base64: string;
}

export interface EchoPlatform {
  readonly url: string;
  /** Signatures of logins, which cannot be known beforehand. */
  readonly signatures: ReadonlySet<string>;
  /** Applies to all further requests; undefined makes them succeed. */
  play(failure: Failure | undefined): void;
  /** Resolves with the next request. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

/** A platform that issues the planted secrets, has one session with a desktop, and can echo received secrets. */
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

/** Response data by the end of method and path; deletions and token checks need none. */
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
  // The platform knows the secret key, with which it verifies the signature.
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
