import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SilentPlatform {
  readonly apiUrl: string;
  /** Answers all pending and future requests with an empty list. */
  speak(): void;
  close(): Promise<void>;
}

/** A platform that accepts requests and does not respond until `speak` is called. */
export async function startSilentPlatform(): Promise<SilentPlatform> {
  const waiting: ServerResponse[] = [];
  let mayAnswer = false;
  const answer = (response: ServerResponse) =>
    response.setHeader('content-type', 'application/json').end('{"code":"0","msg":"","data":[]}');
  const server = createServer((_request, response) => {
    if (mayAnswer) answer(response);
    else waiting.push(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    speak() {
      mayAnswer = true;
      for (const response of waiting.splice(0)) answer(response);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
