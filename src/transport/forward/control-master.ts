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
import { promptOptions } from '../ssh/stdio-forward.js';

export interface ControlMaster {
  /**
   * Starts logging in early, without prompts. A login that needs an answer, or takes long (perhaps waiting for a
   * security key), is started again by the first `connect`.
   */
  prepare(): void;
  /**
   * Opens a connection through the master, which is started on first use and again after a failure. The stream fails
   * like one of `openStdioForward`. Undefined when this ssh cannot multiplex.
   *
   * @throws ssh.*; the signal's reason when aborted.
   */
  connect(target: Endpoint, signal: AbortSignal): Promise<Duplex | undefined>;
  /** Ends the master and its connections, and waits for them; safe to call twice. */
  close(): Promise<void>;
}

type MasterOptions = StdioForwardOptions & { readonly environment: Environment };

interface OpenLogin {
  readonly ended: SocketForward['ended'];
  /** Adds a forwarding, once per target; undefined when ssh refuses. @throws ssh.* when it has exited */
  forwardTo(target: Endpoint): Promise<SocketForward | undefined>;
  close(): Promise<void>;
}

const NEVER = new AbortController().signal;
const POLL_MS = 10;
/** Time limit of a login without prompts, counted from the first `connect`. */
const PROMPTLESS_MS = 8_000;
/** ssh expands `%` and `${` in ControlPath, and older versions split it at spaces. */
const PLAIN_PATH = /^[\w./-]+$/;

/**
 * Logs in to a login node once for many connections: one passphrase or second factor, and no login per connection
 * (ControlMaster, ssh_config(5)). The sockets are in a private folder (0700). POSIX only.
 */
export function openControlMaster(via: LoginNode, options: MasterOptions): ControlMaster {
  const life = new AbortController();
  let canMultiplex = true;
  let login: Promise<OpenLogin | undefined> | undefined;
  let onFirstUse: (signal: AbortSignal) => void = () => {};

  function remember(started: Promise<OpenLogin | undefined>): Promise<OpenLogin | undefined> {
    const forget = () => {
      if (login === started) login = undefined;
    };
    started.then(async (open) => {
      if (open === undefined) canMultiplex = false;
      await open?.ended;
      forget();
      await open?.close();
    }, forget);
    return started;
  }

  const start = (signal: AbortSignal) =>
    openLogin(via, options, AbortSignal.any([signal, life.signal]));

  /** Rejects only after the first `connect`. */
  async function startEarly(): Promise<OpenLogin | undefined> {
    const firstUse = new Promise<AbortSignal>((resolve) => {
      onFirstUse = resolve;
    });
    try {
      return await (options.mayAsk
        ? openWithoutPrompts(via, options, firstUse, life.signal)
        : start(life.signal));
    } catch (error) {
      const signal = await orAborted(firstUse, life.signal);
      if (options.mayAsk && mayNeedAnswer(error)) return start(signal);
      throw error;
    }
  }

  return {
    prepare() {
      login ??= remember(startEarly());
    },
    async connect(target, signal) {
      if (!canMultiplex) return undefined;
      onFirstUse(signal);
      login ??= remember(start(signal));
      const open = await orAborted(login, signal);
      const forward = open && (await orAborted(open.forwardTo(target), signal));
      if (forward === undefined) {
        canMultiplex = false;
        void open?.close();
      }
      return forward && openSocketForward({ kind: 'ssh', via, target }, forward, signal);
    },
    async close() {
      canMultiplex = false;
      life.abort();
      const open = await login?.catch(() => undefined);
      await open?.close();
    },
  };
}

/** A login without prompts that should be repeated with prompts. */
class NeedsAnswer extends Error {}

function mayNeedAnswer(error: unknown): boolean {
  const isRefused = isDeskError(error, 'ssh.authFailed') || isDeskError(error, 'ssh.hostKey');
  return error instanceof NeedsAnswer || isRefused;
}

/** Logs in without prompts. @throws NeedsAnswer when it is not tried or takes too long; ssh.* */
async function openWithoutPrompts(
  via: LoginNode,
  options: MasterOptions,
  firstUse: Promise<unknown>,
  signal: AbortSignal,
): Promise<OpenLogin | undefined> {
  const { environment } = options;
  // BatchMode is not passed to the ssh of a ProxyJump: without a terminal it would try empty passwords.
  const { isProxied } = await readEffectiveConfig(via, { environment, home: '', signal });
  if (isProxied) throw new NeedsAnswer();
  const isSlow = new AbortController();
  const done = new AbortController();
  firstUse
    .then(() => sleep(PROMPTLESS_MS, undefined, { signal: done.signal, ref: false }))
    .then(() => isSlow.abort(new NeedsAnswer()))
    .catch(() => {});
  try {
    const limit = AbortSignal.any([signal, isSlow.signal]);
    return await openLogin(via, { ...options, mayAsk: false }, limit);
  } finally {
    done.abort();
  }
}

/** Starts the master; closing it closes its forwardings. @throws ssh.*; the signal's reason when aborted. */
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
    ...promptOptions(options),
  });
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
    await close();
    signal.throwIfAborted();
    if (hasSocketError) return undefined;
    throw classifyFailure(stderrTail(), exit?.exitCode ?? null, { via });
  }

  async function openSocket(target: Endpoint, name: string): Promise<SocketForward | undefined> {
    const route = { kind: 'ssh', via, target } as const;
    const socketPath = join(folder?.path ?? '', name);
    const args = socketForwardArguments(route, { controlPath, socketPath });
    // Needs no signal: it exits at the latest with its master.
    const { exitCode } = await readOutput(ssh ?? '', args, { environment, signal: NEVER });
    if (exitCode === 0) {
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
