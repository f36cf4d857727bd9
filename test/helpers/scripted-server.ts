import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** One step of a scripted server after a request. After the last step the connection stays open and silent. */
export type Step =
  | { readonly send: string | Buffer }
  /** Sends the text repeatedly until the peer disconnects. */
  | { readonly drip: string | Buffer; readonly everyMs: number }
  | { readonly close: 'end' | 'reset' };

export interface ScriptedServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Head and body of each request, as text, in order. */
  readonly requests: readonly string[];
  /** Number of accepted connections, including those that sent nothing. */
  connections(): number;
  openConnections(): number;
  close(): Promise<void>;
}

/**
 * A server on 127.0.0.1 that plays a script and parses only where a request ends, so that it can send invalid
 * responses. Each request takes the next script; the last one is repeated.
 */
export async function startScriptedServer(
  ...scripts: readonly (readonly Step[])[]
): Promise<ScriptedServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let received = '';
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      for (let length = lengthOfRequest(received); length > 0; length = lengthOfRequest(received)) {
        requests.push(received.slice(0, length));
        received = received.slice(length);
        play(socket, scripts[Math.min(requests.length, scripts.length) - 1] ?? []);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    openConnections: () => sockets.size,
    close: () => closeServer(server, sockets),
  };
}

/** A complete, well-formed response. */
export function answer(
  body: string | Buffer,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Step[] {
  const lines = Object.entries({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} Any Reason\r\n${lines.join('')}\r\n`;
  return [{ send: Buffer.concat([Buffer.from(head), Buffer.from(body)]) }];
}

/** A response in the platform's envelope. */
export function reply(code: string | number, data: unknown = null, msg = 'any'): Step[] {
  return answer(JSON.stringify({ code, msg, data }));
}

function lengthOfRequest(text: string): number {
  const headLength = text.indexOf('\r\n\r\n') + 4;
  if (headLength < 4) return 0;
  const bodyLength = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, headLength))?.[1] ?? 0);
  return text.length < headLength + bodyLength ? 0 : headLength + bodyLength;
}

function play(socket: Socket, steps: readonly Step[]): void {
  for (const step of steps) {
    if ('send' in step) socket.write(step.send);
    else if ('drip' in step) {
      const timer = setInterval(() => socket.write(step.drip), step.everyMs);
      socket.on('close', () => clearInterval(timer));
    } else if (step.close === 'end') socket.end();
    else socket.resetAndDestroy();
  }
}

function closeServer(server: Server, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}
