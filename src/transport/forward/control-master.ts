import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../errors/desk-error.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { makePrivateFolder } from '../process/private-folder.js';
import { startWithWatchdog } from '../process/start-with-watchdog.js';
import { masterArguments, type SshRoute, type StdioForwardOptions } from '../ssh/arguments.js';
import { classifyFailure } from '../ssh/classify-failure.js';
import type { SharedLogin } from '../ssh/stdio-forward.js';

export interface ControlMaster {
  /**
   * The login that further connections share: made when it is first asked for, and again after it broke. Undefined where
   * this ssh offers none.
   *
   * @throws ssh.*; the signal's reason when aborted.
   */
  share(signal: AbortSignal): Promise<SharedLogin | undefined>;
  /** Ends the login with all that goes through it, and waits for it; safe to call twice. */
  close(): Promise<void>;
}

interface OpenLogin extends SharedLogin {
  close(): Promise<void>;
}

const POLL_MS = 30;
/** ssh expands `%` and `${` in the path of its socket, and older ones split it at blanks. */
const PLAIN_PATH = /^[\w./-]+$/;
/** Sentences of OpenSSH about a socket that it could not make (mux.c, misc.c). */
const NO_SOCKET = /ControlPath|ControlSocket|unix_listener|disabling multiplexing/;

/**
 * Logs in to a login node once for many connections, so that a passphrase or a second factor is asked for once
 * (`ControlMaster`, ssh_config(5)). The socket stands in a folder of ours that only this user can enter. POSIX only.
 */
export function openControlMaster(
  route: SshRoute,
  options: Omit<StdioForwardOptions, 'socketPath'> & { readonly environment: Environment },
): ControlMaster {
  let isOffered = true;
  let login: Promise<OpenLogin | undefined> | undefined;

  function begin(signal: AbortSignal): Promise<OpenLogin | undefined> {
    const begun = openLogin(route, options, signal);
    const forget = () => {
      if (login === begun) login = undefined;
    };
    begun.then(async (open) => {
      if (open === undefined) isOffered = false;
      await open?.ended;
      forget();
      await open?.close();
    }, forget);
    return begun;
  }

  return {
    async share(signal) {
      if (!isOffered) return undefined;
      login ??= begin(signal);
      return login;
    },
    async close() {
      isOffered = false;
      const open = await login?.catch(() => undefined);
      await open?.close();
    },
  };
}

/** @throws ssh.*; the signal's reason when aborted. */
async function openLogin(
  route: SshRoute,
  options: Omit<StdioForwardOptions, 'socketPath'> & { readonly environment: Environment },
  signal: AbortSignal,
): Promise<OpenLogin | undefined> {
  const { environment } = options;
  const ssh = findProgram('ssh', environment);
  if (ssh === undefined) throw new DeskError('ssh.missing', { platform });
  const folder = await makePrivateFolder({ isForSocket: true, environment }).catch(() => undefined);
  if (folder === undefined) return undefined;
  const socketPath = join(folder.path, 'ssh.sock');
  if (!PLAIN_PATH.test(socketPath)) {
    await folder.remove();
    return undefined;
  }
  const master = startWithWatchdog({
    program: ssh,
    arguments: masterArguments(route.via, { ...options, socketPath }),
    environment,
  });
  const close = async () => {
    await master.close();
    await folder.remove();
  };
  const { exited: ended, stderrTail: complaints } = master;

  // The socket appears once ssh has logged in.
  while (!existsSync(socketPath)) {
    const exit = await Promise.race([ended, sleep(POLL_MS)]);
    const isWithoutSocket = NO_SOCKET.test(complaints());
    if (exit === undefined && !isWithoutSocket && !signal.aborted) continue;
    await close();
    signal.throwIfAborted();
    if (isWithoutSocket) return undefined;
    throw classifyFailure(complaints(), exit?.exitCode ?? null, route);
  }
  return { socketPath, complaints, ended, close };
}
