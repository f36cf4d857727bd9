import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { type Endpoint, formatEndpoint, type LoginNode } from '../../model/endpoint.js';
import { orAborted } from '../net/with-deadline.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { makePrivateFolder } from '../process/private-folder.js';
import { readOutput } from '../process/read-output.js';
import { startWithWatchdog } from '../process/start-with-watchdog.js';
import {
  masterArguments,
  type StdioForwardOptions,
  socketForwardArguments,
} from '../ssh/arguments.js';
import { classifyFailure } from '../ssh/classify-failure.js';
import { readEffectiveConfig } from '../ssh/effective-config.js';
import { openSocketForward, type SocketForward } from '../ssh/socket-forward.js';
import { askingOptions } from '../ssh/stdio-forward.js';

export interface ControlMaster {
  /**
   * Begins to log in before anybody needs a connection. Nothing is asked on the terminal yet: a login that needs a question
   * begins again with the first `connect`, and so does one that takes too long, which may be waiting for a security key.
   */
  prepare(): void;
  /**
   * Opens a connection to a target through the login, which is made when it is first asked for, and again after it broke.
   * The connection fails as one of `openStdioForward` does. Undefined where this ssh offers no such thing.
   *
   * @throws ssh.*; the signal's reason when aborted.
   */
  connect(target: Endpoint, signal: AbortSignal): Promise<Duplex | undefined>;
  /** Ends the login with all that goes through it, and waits for it; safe to call twice. */
  close(): Promise<void>;
}

type MasterOptions = StdioForwardOptions & { readonly environment: Environment };

interface OpenLogin {
  readonly ended: SocketForward['ended'];
  /** Asked for once for each target; undefined where this ssh cannot. @throws ssh.* when it has ended */
  forwardTo(target: Endpoint): Promise<SocketForward | undefined>;
  close(): Promise<void>;
}

const NEVER = new AbortController().signal;
const POLL_MS = 10;
/** How long a login without questions may go on once a connection waits for it. */
const QUIET_MS = 8_000;
/** ssh expands `%` and `${` in the path of its socket, and older ones split it at blanks. */
const PLAIN_PATH = /^[\w./-]+$/;

/**
 * Logs in to a login node once for many connections, so that a passphrase or a second factor is asked for once, and a
 * further connection costs no login (`ControlMaster`, ssh_config(5)). The socket stands in a folder of ours that only this
 * user can enter. POSIX only.
 */
export function openControlMaster(via: LoginNode, options: MasterOptions): ControlMaster {
  const life = new AbortController();
  let isOffered = true;
  let login: Promise<OpenLogin | undefined> | undefined;
  let onWanted: (signal: AbortSignal) => void = () => {};

  function remember(begun: Promise<OpenLogin | undefined>): Promise<OpenLogin | undefined> {
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

  const begin = (signal: AbortSignal) =>
    openLogin(via, options, AbortSignal.any([signal, life.signal]));

  /** Settles with a failure only once somebody wants to know. */
  async function beginEarly(): Promise<OpenLogin | undefined> {
    const wanted = new Promise<AbortSignal>((resolve) => {
      onWanted = resolve;
    });
    try {
      return await (options.mayAsk
        ? openQuietly(via, options, wanted, life.signal)
        : begin(life.signal));
    } catch (error) {
      const signal = await orAborted(wanted, life.signal);
      if (options.mayAsk && mayNeedAnswer(error)) return begin(signal);
      throw error;
    }
  }

  return {
    prepare() {
      login ??= remember(beginEarly());
    },
    async connect(target, signal) {
      if (!isOffered) return undefined;
      onWanted(signal);
      login ??= remember(begin(signal));
      const open = await orAborted(login, signal);
      const forward = open && (await orAborted(open.forwardTo(target), signal));
      if (forward === undefined) {
        isOffered = false;
        void open?.close();
      }
      return forward && openSocketForward({ kind: 'ssh', via, target }, forward, signal);
    },
    async close() {
      isOffered = false;
      life.abort();
      const open = await login?.catch(() => undefined);
      await open?.close();
    },
  };
}

/** What a login without questions ends with that should be tried with them. */
class NeedsAnswer extends Error {}

function mayNeedAnswer(error: unknown): boolean {
  const isRefused = isDeskError(error, 'ssh.authFailed') || isDeskError(error, 'ssh.hostKey');
  return error instanceof NeedsAnswer || isRefused;
}

/**
 * Logs in without a terminal, where neither ssh nor what it starts can ask anything.
 *
 * @throws NeedsAnswer when that is not tried or takes too long; ssh.*
 */
async function openQuietly(
  via: LoginNode,
  options: MasterOptions,
  wanted: Promise<unknown>,
  signal: AbortSignal,
): Promise<OpenLogin | undefined> {
  const { environment } = options;
  // The ssh of a ProxyJump is not told of BatchMode: without a terminal it would send empty passwords.
  const { isProxied } = await readEffectiveConfig(via, { environment, home: '', signal });
  if (isProxied) throw new NeedsAnswer();
  const isSlow = new AbortController();
  const done = new AbortController();
  wanted
    .then(() => sleep(QUIET_MS, undefined, { signal: done.signal, ref: false }))
    .then(() => isSlow.abort(new NeedsAnswer()))
    .catch(() => {});
  try {
    const limit = AbortSignal.any([signal, isSlow.signal]);
    return await openLogin(via, { ...options, mayAsk: false }, limit);
  } finally {
    done.abort();
  }
}

/** Logs in; what is opened through it is closed with it. @throws ssh.*; the signal's reason when aborted. */
async function openLogin(
  via: LoginNode,
  options: MasterOptions,
  signal: AbortSignal,
): Promise<OpenLogin | undefined> {
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
  const master = startWithWatchdog({
    program: ssh,
    arguments: masterArguments(via, options, controlPath),
    ...askingOptions(options),
  });
  const close = async () => {
    await master.close();
    await folder.remove();
  };
  const { exited: ended, stderrTail: complaints } = master;

  // The socket appears once ssh has logged in.
  while (!existsSync(controlPath)) {
    const exit = await Promise.race([ended, sleep(POLL_MS)]);
    // Every complaint about a socket names it (mux.c, misc.c); no banner of a login node can.
    const isWithoutSocket = complaints().includes(controlPath);
    if (exit === undefined && !isWithoutSocket && !signal.aborted) continue;
    await close();
    signal.throwIfAborted();
    if (isWithoutSocket) return undefined;
    throw classifyFailure(complaints(), exit?.exitCode ?? null, { via });
  }

  async function openSocket(target: Endpoint, name: string): Promise<SocketForward | undefined> {
    const route = { kind: 'ssh', via, target } as const;
    const socketPath = join(folder?.path ?? '', name);
    const args = socketForwardArguments(route, { controlPath, socketPath });
    // It ends by itself, at the latest with the ssh that it tells.
    const { exitCode } = await readOutput(ssh ?? '', args, { environment, signal: NEVER });
    if (exitCode === 0) {
      // The user's StreamLocalBindMask stays in force: of that option the last value counts, not the first.
      await chmod(socketPath, 0o600);
      return { socketPath, complaints, ended };
    }
    const exit = await Promise.race([ended, sleep(POLL_MS)]);
    if (exit === undefined) return undefined;
    throw classifyFailure(complaints(), exit.exitCode, route);
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
