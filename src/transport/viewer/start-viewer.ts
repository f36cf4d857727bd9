import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { Environment } from '../process/child-environment.js';
import { makePrivateFolder } from '../process/private-folder.js';
import { type ProcessExit, type StartedProcess, startProcess } from '../process/start-process.js';
import type { FoundViewer, RunningViewer, ViewerOptions } from '../transport.js';
import { rowOf } from './catalogue.js';
import { type LaunchPlan, planLaunch } from './plan-launch.js';
import type { ExitMeaning } from './viewer-row.js';

const FILE_NAME = 'session.vnc';

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
): Promise<RunningViewer> {
  options.signal.throwIfAborted();
  let { password } = options;
  let file: GuardedFile | undefined;
  if (password !== undefined && rowOf(viewer.id).password.kind === 'file') {
    password = await obfuscatePassword(password);
    file = await createGuardedFile(FILE_NAME);
  }
  try {
    const plan = planLaunch(viewer, { ...options, password }, file?.path ?? '');
    if (plan.fileText !== undefined) await file?.write(plan.fileText);
    options.signal.throwIfAborted();
    return watch(viewer, options.signal, spawn(plan, environment), file);
  } catch (error) {
    await file?.remove();
    throw error;
  }
}

async function obfuscatePassword(password: string): Promise<string> {
  const { hideVncPassword } = await import('../../model/vnc-des.js');
  return hideVncPassword(Buffer.from(password, 'latin1')).toString('hex');
}

function spawn(
  { argv: [program = '', ...rest], environment: additions, stdin }: LaunchPlan,
  environment: Environment,
): StartedProcess {
  return startProcess({
    program,
    arguments: rest,
    environment: { ...environment, ...additions },
    stdin: stdin === undefined ? 'ignore' : Buffer.from(stdin),
    hasWindow: true,
  });
}

function watch(
  viewer: FoundViewer,
  signal: AbortSignal,
  child: StartedProcess,
  file: GuardedFile | undefined,
): RunningViewer {
  const startedAt = performance.now();
  const closing = new AbortController();

  const exited = child.exited.then(async (exit) => {
    const verdict = judgeExit(rowOf(viewer.id).exit, {
      ...exit,
      stderr: child.stderrTail(),
      ranMs: performance.now() - startedAt,
    });
    if (verdict.kind === 'unknown' && !closing.signal.aborted) await once(closing.signal, 'abort');
    signal.removeEventListener('abort', close);
    await file?.remove();
    if (verdict.kind === 'failed' && !closing.signal.aborted) {
      const { exitCode } = exit;
      throw new DeskError('viewer.failed', {
        viewer: viewer.name,
        exitCode,
        reason: verdict.reason,
      });
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
  return { exited, close };
}

/** A file for another program in its own private folder. */
export interface GuardedFile {
  readonly path: string;
  /** Writes it with mode 0600; fails if it exists. */
  write(text: string): Promise<void>;
  /** Removes file and folder; safe to call twice. */
  remove(): Promise<void>;
}

/** Creates the folder; the caller removes it. */
export async function createGuardedFile(name: string): Promise<GuardedFile> {
  const folder = await makePrivateFolder();
  const path = join(folder.path, name);
  return {
    path,
    write: (text) => writeFile(path, text, { mode: 0o600, flag: 'wx' }),
    remove: folder.remove,
  };
}

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
