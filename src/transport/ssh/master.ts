import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../errors/desk-error.js';
import {
  type Endpoint,
  formatEndpoint,
  formatLoginNode,
  type LoginNode,
} from '../../model/endpoint.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { makePrivateFolder, type PrivateFolder } from '../process/private-folder.js';
import type { StartedProcess } from '../process/start-process.js';
import { startWithWatchdog } from '../process/start-with-watchdog.js';
import { masterArguments, type StdioForwardOptions } from './arguments.js';
import { classifyFailure } from './classify-failure.js';
import { promptOptions, readQuestion, writeAskpass } from './prompts.js';
import { requestForward } from './request-forward.js';
import type { SocketForward } from './socket-forward.js';

export type MasterOptions = StdioForwardOptions & { readonly environment: Environment };

/** An ssh that is logging in as a control master (ControlMaster, ssh_config(5)). */
export interface StartedMaster {
  readonly folder: PrivateFolder;
  readonly controlPath: string;
  readonly master: StartedProcess;
}

export interface OpenLogin {
  readonly ended: SocketForward['ended'];
  /** Adds a forwarding, once per target; undefined when ssh refuses. @throws ssh.* when it has exited */
  forwardTo(target: Endpoint): Promise<SocketForward | undefined>;
  close(): Promise<void>;
}

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
export async function startMaster(
  via: LoginNode,
  options: MasterOptions,
  isEarly = false,
): Promise<StartedMaster | undefined> {
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

/** Waits until a master has logged in; closing it closes its forwardings. @throws like `ControlMaster.connect` */
export async function openLogin(
  via: LoginNode,
  starting: Promise<StartedMaster | undefined>,
  signal: AbortSignal,
): Promise<OpenLogin | undefined> {
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

  async function openSocket(target: Endpoint, name: string): Promise<SocketForward | undefined> {
    const route = { kind: 'ssh', via, target } as const;
    const socketPath = join(folder.path, name);
    if (await requestForward(controlPath, socketPath, target)) {
      // Not by StreamLocalBindMask: the user's value wins, as the last one counts for that option.
      await chmod(socketPath, 0o600);
      return { socketPath, stderrTail, ended };
    }
    const exit = await Promise.race([ended, sleep(POLL_MS)]);
    if (exit === undefined) return undefined;
    throw classifyFailure(stderrTail(), exit.exitCode, route);
  }

  const forwards = new Map<string, Promise<SocketForward | undefined>>();
  function forwardTo(target: Endpoint): Promise<SocketForward | undefined> {
    const key = formatEndpoint(target);
    const forward = forwards.get(key) ?? openSocket(target, `${forwards.size}.sock`);
    forwards.set(key, forward);
    return forward;
  }
  return { ended, forwardTo, close };
}
