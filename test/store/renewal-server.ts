import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RenewalServer {
  readonly origin: string;
  /** The processes that requested a new token, in order. */
  readonly renewals: readonly string[];
  close(): Promise<void>;
}

export interface RenewalServerOptions {
  /** Requests for the start signal are answered when this many have arrived. */
  readonly starters: number;
  /** Returns the token for a request, numbered from 1; undefined refuses it. */
  renew(number: number): Promise<string | undefined>;
}

/** The server for `test/fixtures/store-renewer.ts`. */
export async function startRenewalServer(options: RenewalServerOptions): Promise<RenewalServer> {
  const renewals: string[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const [, what, name = ''] = (request.url ?? '').split('/');
    if (what === 'start') {
      waiting.push(() => response.end());
      if (waiting.length === options.starters) for (const start of waiting) start();
      return;
    }
    const token = await options.renew(renewals.push(name));
    response.writeHead(token === undefined ? 503 : 200).end(token);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    renewals,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
