import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What another server on our port received: an HTTP request, or the payload of a WebSocket message. */
export interface Received {
  readonly kind: 'request' | 'upgrade' | 'text' | 'binary';
  /** Method, path, headers and body, or the text, or the bytes in hexadecimal. */
  readonly text: string;
}

export interface PortSquatter {
  /** Resolves when it has bound the port. */
  readonly bound: Promise<void>;
  readonly received: readonly Received[];
  close(): void;
}

/**
 * A program of another user that waits for a port to become free and then imitates our program as far as possible: HTTP
 * with a session and a page that reads `window.opener`, a WebSocket with a proof made with `key`, and RFB with VNC
 * authentication.
 */
const SCRIPT = `
const { createHash, createHmac } = require('node:crypto');
const { createServer } = require('node:http');
const [port, key, lastWords] = process.argv.slice(1);
const host = '127.0.0.1:' + port;
const tell = (kind, text) => console.log(JSON.stringify({ kind, text }));
const page = { name: 'gv101:4', target: '', sweepAt: '', viewOnly: false, fullScreen: false, link: null, password: null };
const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  tell('request', [request.method, request.url, ...request.rawHeaders, body].join(' '));
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  if (request.url === '/') {
    response.setHeader('content-type', 'text/html');
    return response.end('<!doctype html><script>fetch("/seen", { method: "POST", body: window.opener?.document.title })</script>');
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...page, key }));
});
const frame = (opcode, bytes) => {
  const size = bytes.length < 126 ? [bytes.length] : [126, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...size]), bytes]);
};
server.on('upgrade', (request, socket) => {
  tell('upgrade', request.rawHeaders.join(' '));
  const accept = createHash('sha1')
    .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
    .digest('base64');
  const [subprotocol] = request.headers['sec-websocket-protocol'].split(/, ?/);
  socket.on('error', () => {});
  socket.write(['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade',
    'Sec-WebSocket-Accept: ' + accept, 'Sec-WebSocket-Protocol: ' + subprotocol, '', ''].join('\\r\\n'));
  if (lastWords) return socket.end(frame(8, Buffer.from('\\x0f\\xa0' + lastWords, 'latin1')));
  socket.write(frame(2, Buffer.from('RFB 003.008\\n')));
  socket.on('data', (bytes) => {
    while (bytes.length >= 6) {
      const [opcode, length] = [bytes[0] & 15, bytes[1] & 127];
      const payload = bytes.subarray(6, 6 + length).map((byte, at) => byte ^ bytes[2 + (at & 3)]);
      bytes = bytes.subarray(6 + length);
      if (opcode === 1) {
        tell('text', payload.toString());
        const nonce = 'b'.repeat(64);
        const text = ['hpc-desk page 1', 'program', host, payload.toString().slice(12), nonce].join('\\n');
        socket.write(frame(1, Buffer.from(nonce + ' ' + createHmac('sha256', key).update(text).digest('hex'))));
      }
      if (opcode === 2) {
        tell('binary', payload.toString('hex'));
        if (length === 12) socket.write(frame(2, Buffer.from([1, 2])));
        if (length === 1 && payload[0] === 2) socket.write(frame(2, Buffer.alloc(16, 7)));
        if (length === 16) socket.write(frame(2, Buffer.alloc(4)));
        if (length === 1 && payload[0] === 1) {
          const init = Buffer.from('0320025820180001 00ff00ff00ff100800000000 00000000'.replaceAll(' ', ''), 'hex');
          socket.write(frame(2, init));
        }
      }
    }
  });
});
const listen = () => server.listen(port, '127.0.0.1');
server.on('error', () => setTimeout(listen, 1));
server.on('listening', () => tell('bound', ''));
listen();
`;

/**
 * @param key - A key that the other user may have obtained.
 * @param lastWords - Close reason: closes each WebSocket at once, as our program does with an error code.
 */
export function startPortSquatter(
  uid: number,
  port: number,
  key: string,
  lastWords = '',
): PortSquatter {
  const child = spawn(process.execPath, ['-e', SCRIPT, String(port), key, lastWords], {
    ...{ uid, gid: uid, cwd: '/', env: {} },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const received: Received[] = [];
  const bound = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const one = JSON.parse(line);
      if (one.kind === 'bound') resolve();
      else received.push(one);
    });
  });
  return { bound, received, close: () => child.kill('SIGKILL') };
}
