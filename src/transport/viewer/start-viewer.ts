import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { Environment } from '../process/child-environment.js';
import { makePrivateFolder, type PrivateFolder } from '../process/private-folder.js';
import { type ProcessExit, type StartedProcess, startProcess } from '../process/start-process.js';
import type { FoundViewer, ViewerOptions } from '../transport.js';
import { rowOf } from './catalogue.js';
import { planLaunch } from './plan-launch.js';
import type { ViewerRow } from './viewer-row.js';

export type RunningViewer = ReturnType<typeof watch>;

/**
 * Starts a viewer as a child process; the password goes through the channel of its row, never through argv.
 *
 * The caller awaits `exited` and calls `close`; an abort closes it too. After `close`, `exited` resolves.
 *
 * @throws viewer.failed when the viewer lacks a required feature.
 */
export async function startViewer(
  viewer: FoundViewer,
  options: ViewerOptions,
  environment: Environment,
) {
  const { signal } = options;
  signal.throwIfAborted();
  let { password } = options;
  let folder: PrivateFolder | undefined;
  if (password !== undefined && rowOf(viewer.id).password?.kind === 'file') {
    const { hideVncPassword } = await import('../../model/vnc-des.js');
    password = hideVncPassword(Buffer.from(password, 'latin1')).toString('hex');
    folder = await makePrivateFolder();
  }
  try {
    const path = folder === undefined ? '' : join(folder.path, 'session.vnc');
    const plan = planLaunch(viewer, { ...options, password }, path);
    if (plan.fileText !== undefined) {
      await writeFile(path, plan.fileText, { mode: 0o600, flag: 'wx' });
    }
    signal.throwIfAborted();
    const [program = '', ...rest] = plan.argv;
    const child = startProcess({
      program,
      arguments: rest,
      environment: { ...environment, ...plan.environment },
      stdin: plan.stdin === undefined ? 'ignore' : Buffer.from(plan.stdin),
      hasWindow: true,
    });
    return watch(viewer, signal, child, folder);
  } catch (error) {
    await folder?.remove();
    throw error;
  }
}

function watch(
  viewer: FoundViewer,
  signal: AbortSignal,
  child: StartedProcess,
  folder: PrivateFolder | undefined,
) {
  const startedAt = performance.now();
  const closing = new AbortController();

  const exited = child.exited.then(async (exit) => {
    const [stderr, ranMs] = [child.stderrTail(), performance.now() - startedAt];
    const verdict = judgeExit(rowOf(viewer.id), { ...exit, stderr, ranMs });
    if (verdict.kind === 'unknown' && !closing.signal.aborted) await once(closing.signal, 'abort');
    signal.removeEventListener('abort', close);
    await folder?.remove();
    if (verdict.kind === 'failed' && !closing.signal.aborted) {
      const { exitCode } = exit;
      const { reason } = verdict;
      throw new DeskError('viewer.failed', { viewer: viewer.name, exitCode, reason });
    }
  });
  // The caller may attach its handler later.
  exited.catch(() => {});

  async function close(): Promise<void> {
    closing.abort();
    await child.close();
    await exited.catch(() => {});
  }
  signal.addEventListener('abort', close, { once: true });
  return {
    /** Settles when the viewer exits successfully or is closed; rejects with viewer.failed otherwise. */
    exited,
    /** Ends the viewer and waits for it; safe to call twice. */
    close,
  };
}

interface ViewerEnd extends ProcessExit {
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
export function judgeExit({ handsOver, failure }: ViewerRow, end: ViewerEnd): Verdict {
  const message = lastMessage(end.stderr);
  if (end.exitCode !== 0) return { kind: 'failed', reason: message || (end.signal ?? '') };
  if (handsOver === true) return { kind: 'unknown' };
  if (failure === undefined) return { kind: 'closed' };
  const isTooSoon = end.ranMs < INSTANT_MS && !HAS_SHOWN.test(end.stderr);
  const hasFailed = failure.test(message) || isTooSoon;
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
