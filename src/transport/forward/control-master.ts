import { isDeskError } from '../../errors/desk-error.js';
import type { LoginNode } from '../../model/endpoint.js';
import { orAborted } from '../net/with-deadline.js';
import type { OwnMachine } from '../process/child-environment.js';
import type { StdioForwardOptions } from '../ssh/arguments.js';
import {
  type Login,
  type MasterOptions,
  NeedsAnswer,
  openLogin,
  type StartedMaster,
  startMaster,
} from '../ssh/master.js';

export type ControlMaster = ReturnType<typeof openControlMaster>;

/** Time limit of a login without prompts, counted from the first `logIn`. */
const PROMPTLESS_MS = 8_000;

/** Undefined without a login node, and on Windows, whose OpenSSH has no ControlMaster: each connection logs in there. */
export function controlMasterFor(
  via: LoginNode | undefined,
  options: StdioForwardOptions,
  { environment, platform }: OwnMachine,
) {
  if (via === undefined || platform === 'win32') return undefined;
  return openControlMaster(via, { ...options, environment });
}

/**
 * Logs in to a login node once for many connections: one passphrase or second factor, and no login per connection
 * (ControlMaster, ssh_config(5)). The sockets are in a private folder (0700). POSIX only.
 */
export function openControlMaster(via: LoginNode, options: MasterOptions) {
  const life = new AbortController();
  let canMultiplex = true;
  let login: Promise<Login | undefined> | undefined;
  let onFirstUse: (signal: AbortSignal) => void = () => {};

  function remember(started: Promise<Login | undefined>): Promise<Login | undefined> {
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
    openLogin(via, startMaster(via, options), AbortSignal.any([signal, life.signal]));

  /** Rejects only after the first `logIn`. */
  async function finishEarly(
    starting: Promise<StartedMaster | undefined>,
  ): Promise<Login | undefined> {
    const firstUse = new Promise<AbortSignal>((resolve) => {
      onFirstUse = resolve;
    });
    const limit = new AbortController();
    const onSlow = () => limit.abort(new NeedsAnswer());
    if (options.mayAsk) void firstUse.then(() => setTimeout(onSlow, PROMPTLESS_MS).unref());
    try {
      return await openLogin(via, starting, AbortSignal.any([limit.signal, life.signal]));
    } catch (error) {
      const signal = await orAborted(firstUse, life.signal);
      if (options.mayAsk && mayNeedAnswer(error)) return start(signal);
      throw error;
    }
  }

  return {
    /**
     * Starts logging in early, without prompts; resolves when ssh has started, never rejects. A login that needs an
     * answer, or takes long (perhaps waiting for a security key), is started again by the first `logIn`.
     */
    async prepare() {
      if (login !== undefined) return;
      const starting = startMaster(via, { ...options, mayAsk: false }, options.mayAsk);
      login = remember(finishEarly(starting));
      await starting.catch(() => {});
    },
    /**
     * The login, made on first use and again after a failure. Undefined when this ssh cannot multiplex.
     *
     * @throws ssh.*; the signal's reason when aborted.
     */
    async logIn(signal: AbortSignal) {
      if (!canMultiplex) return undefined;
      onFirstUse(signal);
      login ??= remember(start(signal));
      return orAborted(login, signal);
    },
    /** Ends the master and its connections, and waits for them; safe to call twice. */
    async close() {
      canMultiplex = false;
      life.abort();
      const open = await login?.catch(() => undefined);
      await open?.close();
    },
  };
}

function mayNeedAnswer(error: unknown): boolean {
  if (isDeskError(error, 'ssh.exited')) {
    // A ProxyCommand may need a terminal; a login node that cannot be reached will not need it.
    return !/^ssh: /.test(error.details.reason);
  }
  const isRefused = isDeskError(error, 'ssh.authFailed') || isDeskError(error, 'ssh.hostKey');
  return error instanceof NeedsAnswer || isRefused;
}
