import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../errors/desk-error.js';
import { formatLoginNode, type LoginNode } from '../../model/endpoint.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { makePrivateFolder } from '../process/private-folder.js';
import { startWithWatchdog } from '../process/start-with-watchdog.js';
import { masterArguments, type StdioForwardOptions } from './arguments.js';
import { classifyFailure } from './classify-failure.js';
import { promptOptions, readQuestion, writeAskpass } from './prompts.js';

export type MasterOptions = StdioForwardOptions & { readonly environment: Environment };

/** An ssh that is logging in as a control master (ControlMaster, ssh_config(5)). */
export type StartedMaster = NonNullable<Awaited<ReturnType<typeof startMaster>>>;

/** A control master that has logged in; it carries any number of connections. */
export type Login = NonNullable<Awaited<ReturnType<typeof openLogin>>>;

/** A login without prompts that should be repeated with prompts. */
export class NeedsAnswer extends Error {}

const POLL_MS = 3;
/** ssh expands `%` and `${` in ControlPath, and older versions split it at spaces. */
const PLAIN_PATH = /^[\w./-]+$/;

/**
 * Starts the master; undefined when this machine cannot multiplex.
 *
 * @param isEarly - Whether a login with prompts may follow.
 * @throws ssh.missing; NeedsAnswer when prompts could not be prevented.
 */
export async function startMaster(via: LoginNode, options: MasterOptions, isEarly = false) {
  const { environment } = options;
  const ssh = findProgram('ssh', environment);
  if (ssh === undefined) throw new DeskError('ssh.missing', { platform });
  const folder = await makePrivateFolder({ isForSocket: true, environment }).catch(() => undefined);
  if (folder === undefined) return undefined;
  const controlPath = join(folder.path, 'ssh.sock');
  if (!PLAIN_PATH.test(controlPath)) {
    await folder.remove();
    return undefined;
  }
  const askpass = options.mayAsk ? undefined : writeAskpass(folder.path);
  if (isEarly && askpass === undefined) {
    await folder.remove();
    throw new NeedsAnswer();
  }
  const master = startWithWatchdog({
    program: ssh,
    arguments: masterArguments(via, options, controlPath),
    ...promptOptions({ ...options, askpass }),
  });
  return { folder, controlPath, master };
}

/** Waits until a master has logged in; closing it closes its connections. @throws like `ControlMaster.logIn` */
export async function openLogin(
  via: LoginNode,
  starting: Promise<StartedMaster | undefined>,
  signal: AbortSignal,
) {
  const started = await starting;
  if (started === undefined) return undefined;
  const { folder, controlPath, master } = started;
  const close = async () => {
    await master.close();
    await folder.remove();
  };
  const { exited: ended, stderrTail } = master;

  // The socket appears after authentication.
  while (!existsSync(controlPath)) {
    const exit = await Promise.race([ended, sleep(POLL_MS)]);
    // Messages about the socket contain its path (mux.c, misc.c), which no banner can know.
    const hasSocketError = stderrTail().includes(controlPath);
    if (exit === undefined && !hasSocketError && !signal.aborted) continue;
    const question = readQuestion(folder.path);
    await close();
    signal.throwIfAborted();
    if (hasSocketError) return undefined;
    if (question !== undefined) {
      throw new DeskError('ssh.authFailed', { via: formatLoginNode(via), reason: question });
    }
    throw classifyFailure(stderrTail(), exit?.exitCode ?? null, { via });
  }
  return {
    controlPath,
    /** What ssh has printed, also about single connections. */
    stderrTail,
    /** Settles when ssh has exited; never rejects. */
    ended,
    close,
  };
}
