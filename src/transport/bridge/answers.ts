import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The security headers of every response.
 *
 * noVNC needs `data:` URLs for images and cursors and sets styles through the CSSOM; it needs no eval, worker or inline
 * script. In older browsers 'self' does not cover WebSockets.
 */
export function headersFor(host: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** Responds with 403 and no details, and closes the connection. */
export function refuse(response: ServerResponse): void {
  response.writeHead(403, { connection: 'close', 'content-length': 0 });
  response.end();
}

export function refuseUpgrade(socket: Duplex, headers: Readonly<Record<string, string>>): void {
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 403 Forbidden\r\n${head}\r\n`, () => socket.destroy());
}
