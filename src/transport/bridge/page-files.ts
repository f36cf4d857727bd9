import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { PageLanguage } from '../../model/page.js';
import { describeSystemError } from '../net/describe-system-error.js';

declare const HPC_DESK_PAGE_FOLDER: string;

/** Output of `npm run build`, relative to the bundle that contains this code. */
const FOLDER = resolve(import.meta.dirname, HPC_DESK_PAGE_FOLDER);

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const FILES = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
  { path: '/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
  { path: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
  { path: '/notices.txt', file: 'notices.txt', type: 'text/plain; charset=utf-8' },
] as const;

/**
 * Reads the page into memory by request path, so that no request reaches the file system.
 *
 * @throws bridge.failed when a file is missing.
 */
export async function readPage(language: PageLanguage): Promise<ReadonlyMap<string, PageFile>> {
  const entries = FILES.map(async ({ path, file, type }) => {
    const bytes = await readPart(file);
    return [path, { type, bytes: path === '/' ? inLanguage(bytes, language) : bytes }] as const;
  });
  return new Map(await Promise.all(entries));
}

async function readPart(file: string): Promise<Buffer> {
  try {
    return await readFile(join(FOLDER, file));
  } catch (error) {
    throw new DeskError('bridge.failed', { reason: `${file}: ${describeSystemError(error)}` });
  }
}

function inLanguage(html: Buffer, language: PageLanguage): Buffer {
  return Buffer.from(html.toString().replace('<html lang="en">', `<html lang="${language}">`));
}
