import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import type { PageLanguage } from '../../model/page.js';
import { describeSystemError } from '../net/describe-system-error.js';

declare const HPC_DESK_PAGE_FOLDER: string;

/** Output of `npm run build`, relative to the bundle that contains this code. */
const FOLDER = resolve(import.meta.dirname, HPC_DESK_PAGE_FOLDER);

const FILES = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
  { path: '/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
  { path: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
  { path: '/notices.txt', file: 'notices.txt', type: 'text/plain; charset=utf-8' },
];

/**
 * Reads the page into memory by request path, so that no request reaches the file system.
 *
 * @throws bridge.failed when a file is missing.
 */
export async function readPage(language: PageLanguage) {
  const entries = FILES.map(async ({ path, file, type }) => {
    const bytes = await readFile(join(FOLDER, file)).catch((error) => {
      throw new DeskError('bridge.failed', { reason: `${file}: ${describeSystemError(error)}` });
    });
    const page = bytes.toString().replace('<html lang="en">', `<html lang="${language}">`);
    return [path, { type, bytes: path === '/' ? Buffer.from(page) : bytes }] as const;
  });
  return new Map(await Promise.all(entries));
}

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

export function refuseUpgrade(socket: Duplex, headers: Readonly<Record<string, string>>): void {
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 403 Forbidden\r\n${head}\r\n`, () => socket.destroy());
}
