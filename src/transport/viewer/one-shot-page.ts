import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePrivateFolder } from '../process/private-folder.js';

const POLL_MS = 100;
/** An access time older than any read. */
const NEVER_READ = new Date(0);
const STYLE = 'a { font: 1rem monospace }\n';

/**
 * Writes a local file (0600, in a private folder) that redirects a browser to a URL, so that the URL is not visible in the
 * arguments of a process; the caller removes it.
 *
 * @param url - http or https; the caller has checked it.
 */
export async function createOneShotPage(url: string) {
  const { path: folder, remove } = await makePrivateFolder();
  const path = join(folder, 'open.html');
  // xdg-open reads the page to detect its type; only a browser reads the style sheet.
  const stylePath = join(folder, 'style.css');
  let hasAccessTimes = false;
  try {
    await writeUnread(path, writePage(url));
    await writeUnread(stylePath, STYLE);
    await readFile(stylePath);
    hasAccessTimes = await wasRead(stylePath);
    await markUnread(stylePath);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    path,
    /** Whether the file system records access times (not with `noatime` or the defaults of NTFS). */
    hasAccessTimes,
    /** Removes the page and its folder; safe to call twice. */
    remove,
    /**
     * Whether a browser has loaded the page; waits at most `withinMs` milliseconds. True without access times.
     *
     * @throws the signal's reason when aborted.
     */
    async isLoaded(withinMs: number, signal: AbortSignal): Promise<boolean> {
      const deadline = performance.now() + withinMs;
      while (performance.now() < deadline) {
        await sleep(POLL_MS, undefined, { signal });
        if (await wasRead(stylePath)) return true;
      }
      // A sandboxed browser may have access to the page only.
      return !hasAccessTimes || wasRead(path);
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

/** `relatime` updates an access time only if it is older than the modification time (mount(8)). */
function markUnread(path: string): Promise<void> {
  return utimes(path, NEVER_READ, new Date());
}

async function wasRead(path: string): Promise<boolean> {
  return (await stat(path)).atimeMs > NEVER_READ.getTime();
}
