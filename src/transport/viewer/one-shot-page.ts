import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePrivateFolder } from '../process/private-folder.js';

/** A file that leads a browser to a URL, so that the URL itself stands in no argument that other users can read. */
export interface OneShotPage {
  readonly path: string;
  /** Whether the file system notes reads (not so with `noatime`, nor on NTFS as Windows sets it up). */
  readonly notesReads: boolean;
  /**
   * Whether a browser has loaded the page, as soon as that is known and at the latest after `withinMs` milliseconds;
   * where the file system notes no reads, true.
   *
   * @throws the reason of the signal when it aborts.
   */
  isLoaded(withinMs: number, signal: AbortSignal): Promise<boolean>;
  /** Removes the page and its folder; safe to call twice. */
  remove(): Promise<void>;
}

const POLL_MS = 100;
/** A time of last reading that any read is later than. */
const NEVER_READ = new Date(0);
const STYLE = 'a { font: 1rem monospace }\n';

/**
 * Writes the page, 0600 in a guarded folder; the caller removes it.
 *
 * @param url - http or https, as its reader has checked.
 */
export async function createOneShotPage(url: string): Promise<OneShotPage> {
  const { path: folder, remove } = await makePrivateFolder();
  const path = join(folder, 'open.html');
  // xdg-open reads the page to find out what it is; its style sheet is read by a browser that has the page already.
  const stylePath = join(folder, 'style.css');
  let notesReads = false;
  try {
    await writeUnread(path, writePage(url));
    await writeUnread(stylePath, STYLE);
    await readFile(stylePath);
    notesReads = await wasRead(stylePath);
    await markUnread(stylePath);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    path,
    notesReads,
    remove,
    async isLoaded(withinMs, signal) {
      const endsAt = performance.now() + withinMs;
      while (performance.now() < endsAt) {
        await sleep(POLL_MS, undefined, { signal });
        if (await wasRead(stylePath)) return true;
      }
      // A browser in a sandbox may be given the page alone.
      return !notesReads || wasRead(path);
    },
  };
}

function writePage(url: string): string {
  const address = escapeHtml(url);
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${address}">
<link rel="stylesheet" href="style.css">
<title>hpc-desk</title>
<p><a href="${address}">${escapeHtml(new URL(url).host)}</a></p>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

async function writeUnread(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  await markUnread(path);
}

/** Once older than the last change, the time of last reading moves with `relatime` too (mount(8)). */
function markUnread(path: string): Promise<void> {
  return utimes(path, NEVER_READ, new Date());
}

async function wasRead(path: string): Promise<boolean> {
  return (await stat(path)).atimeMs > NEVER_READ.getTime();
}
