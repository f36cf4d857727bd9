import type { ProcessExit } from '../process/start-process.js';
import type { ExitMeaning } from './viewer-row.js';

export interface ViewerEnd extends ProcessExit {
  readonly stderr: string;
  /** Run time in milliseconds. */
  readonly ranMs: number;
}

export type Verdict =
  | { readonly kind: 'closed' }
  /** The window may belong to another process and still be open. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A viewer that exits sooner has hardly shown the desktop; needed where its messages are translated. */
const INSTANT_MS = 1_500;
/** TigerVNC prints this, untranslated, once it shows the desktop. */
const HAS_SHOWN = /continuous updates/i;

/** Interprets a viewer's exit by the rules of its row; pure. */
export function judgeExit(meaning: ExitMeaning, end: ViewerEnd): Verdict {
  const message = lastMessage(end.stderr);
  if (end.exitCode !== 0) return { kind: 'failed', reason: message || (end.signal ?? '') };
  if (meaning.kind === 'handsOver') return { kind: 'unknown' };
  if (meaning.kind !== 'words') return { kind: 'closed' };
  const isTooSoon = end.ranMs < INSTANT_MS && !HAS_SHOWN.test(end.stderr);
  const hasFailed = meaning.failure.test(message) || isTooSoon;
  return hasFailed ? { kind: 'failed', reason: message } : { kind: 'closed' };
}

/** The last message: joins the lines that TigerVNC wrapped and strips the logger's name. */
function lastMessage(stderr: string): string {
  const lines = stderr
    .replaceAll(/\r?\n {8,}/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/^ \w+: +/, '').trim());
  return lines.findLast((line) => line !== '') ?? '';
}
