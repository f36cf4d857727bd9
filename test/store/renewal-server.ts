import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RenewalServer {
  readonly origin: string;
  /** Who asked for a new token, in order. */
  readonly renewals: readonly string[];
  close(): Promise<void>;
}

export interface RenewalServerOptions {
  /** The start signal is given when this many have asked for it. */
  readonly starters: number;
  /** Answers a request for a new token, the first one with number 1; undefined refuses. */
  renew(number: number): Promise<string | undefined>;
}

/** What `test/fixtures/store-renewer.ts` talks to. */
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
