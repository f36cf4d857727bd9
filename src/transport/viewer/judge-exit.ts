import type { ProcessExit } from '../process/start-process.js';
import type { ExitMeaning } from './viewer-row.js';

export interface ViewerEnd extends ProcessExit {
  /** Everything that is kept of its stderr. */
  readonly stderr: string;
  /** How long it ran, in milliseconds. */
  readonly ranMs: number;
}

export type Verdict =
  | { readonly kind: 'closed' }
  /** It may have handed the work over and be showing the desktop still. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Sooner than this a viewer has rarely shown anything; its messages may be in any language. */
const INSTANT_MS = 1_500;
/** TigerVNC says this, untranslated, when the desktop is on the screen. */
const HAS_SHOWN = /continuous updates/i;

/** Decides what the end of a viewer says, as its row tells; pure. */
export function judgeExit(meaning: ExitMeaning, end: ViewerEnd): Verdict {
  const lastWords = lastMessage(end.stderr);
  if (end.exitCode !== 0) return { kind: 'failed', reason: lastWords || (end.signal ?? '') };
  if (meaning.kind === 'handsOver') return { kind: 'unknown' };
  if (meaning.kind !== 'words') return { kind: 'closed' };
  const isTooSoon = end.ranMs < INSTANT_MS && !HAS_SHOWN.test(end.stderr);
  const hasFailed = meaning.failure.test(lastWords) || isTooSoon;
  return hasFailed ? { kind: 'failed', reason: lastWords } : { kind: 'closed' };
}

/** The last line, put together again where TigerVNC has wrapped it, without the name of its logger. */
function lastMessage(stderr: string): string {
  const lines = stderr
    .replaceAll(/\r?\n {8,}/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/^ \w+: +/, '').trim());
  return lines.findLast((line) => line !== '') ?? '';
}
