import type { AccountUrls, PlatformOptions } from '../commands/context.js';
import { renewLogin } from '../domain/login/renew-login.js';
import { createRenewingPlatform } from '../domain/login/renewing-platform.js';
import type { CurrentLogin, StoredLogin } from '../model/login.js';
import type { StatusMessage } from '../model/status.js';
import type { Accounts } from '../platform/accounts.js';
import type { Platform } from '../platform/platform.js';
import type { RequestLog } from '../platform/remote/client.js';
import type { Store } from '../store/store.js';
import { httpDefaults } from './http-defaults.js';
import type { TimedAsk } from './prompt.js';
import type { IOStreams } from './run/streams.js';
import type { RunSettings } from './run-settings.js';

/** The parts of a run that its connections and the probes of `doctor` need. */
export interface RunParts extends RunSettings {
  readonly streams: IOStreams;
  readonly signal: AbortSignal;
  readonly ask: TimedAsk;
  progress(message: StatusMessage): void;
  store(): Promise<Store>;
}

const SOON_MS = 30 * 60_000;

/** Creates the HTTP clients; `close` closes all of them. */
export function createConnections(parts: RunParts) {
  const { signal, progress, store } = parts;
  const { processContext, keepSecret, timings, trace } = parts.streams;
  const opened: { close(): Promise<void> }[] = [];
  const client = {
    ...httpDefaults(processContext, (offsetMs) => progress({ kind: 'clockSkewed', offsetMs })),
    sleep: processContext.sleep,
    signal,
    keepSecret,
    log({ method, path, status, elapsedMs, attempt }: RequestLog) {
      trace.log(`${method} ${path} ${status ?? '-'} ${elapsedMs} ms, try ${attempt}`);
      timings.addRequest(elapsedMs);
    },
  };
  const { serverClock } = client;
  const activeMs = () => processContext.now().getTime() - parts.ask.askedMs();
  let runStartedAtMs: number | undefined;
  let timeoutPerRequest = false;

  /** Time limit of the run, counted from its first connection, or of the request that begins with this call. */
  async function startBudget(isForExchange: boolean): Promise<Budget> {
    // Logging out must work even when the settings file is damaged.
    const limitMs = (await parts.settingEvenIfDamaged('timeout')).value;
    runStartedAtMs ??= activeMs();
    let fromMs = isForExchange ? activeMs() : runStartedAtMs;
    return {
      remainingMs: () => fromMs + limitMs - activeMs(),
      restart() {
        if (isForExchange) fromMs = activeMs();
      },
    };
  }

  async function accounts(at: AccountUrls, budget?: Budget): Promise<Accounts> {
    const { createAccounts } = await import('../platform/remote/create-accounts.js');
    const { remainingMs } = budget ?? (await startBudget(false));
    const made = createAccounts({
      ...client,
      platformUrl: at.platformUrl ?? (await parts.setting('platformUrl')).value,
      authUrl: at.accessKey?.authUrl ?? (await parts.setting('authUrl')).value,
      allowsHttp: at.allowsHttp,
      remainingMs,
    });
    opened.push(made);
    return made;
  }

  async function renew(dead: CurrentLogin, budget: Budget): Promise<CurrentLogin> {
    const { profile, token, tokenSource } = dead;
    const { credentials } = await store();
    const makeNew = async (login: StoredLogin) =>
      renewLogin(login, await accounts(dead, budget), serverClock.now());
    const alive =
      tokenSource === 'env'
        ? await makeNew(dead)
        : await credentials.replaceDead(profile, token, makeNew, {
            patienceMs: (await parts.setting('timeout')).value / 2,
            signal,
            onUnsaved: () => progress({ kind: 'notSaved', path: credentials.path }),
          });
    keepSecret(alive.token);
    return { ...alive, profile, tokenSource };
  }

  async function platform(options: PlatformOptions = {}): Promise<Platform> {
    const { createPlatform } = await import('../platform/remote/create-platform.js');
    timeoutPerRequest ||= options.timeoutPerRequest === true;
    const [login, timeZone, sweepHour, budget] = await Promise.all([
      parts.login(),
      parts.setting('timeZone'),
      parts.setting('sweepHour'),
      startBudget(options.timeoutPerRequest === true),
    ]);
    serverClock.assume(login.clockOffsetMs);
    warnBeforeExpiry(login);
    const made = createRenewingPlatform({
      login,
      now: serverClock.now,
      renew: (dead) => renew(dead, budget),
      onCall: budget.restart,
      open: ({ apiUrl, otherApiUrls, allowsHttp, token }) =>
        createPlatform({
          ...client,
          apiUrls: [apiUrl, ...otherApiUrls],
          allowsHttp,
          token,
          clock: { timeZone: timeZone.value, sweepHour: sweepHour.value },
          remainingMs: budget.remainingMs,
          allowLoopback: options.allowTarget === true,
        }),
    });
    opened.push(made);
    return made;
  }

  function warnBeforeExpiry({ expiresAt, platformUrl, accessKey }: CurrentLogin): void {
    const leftMs = new Date(expiresAt).getTime() - serverClock.now().getTime();
    const isRenewable = platformUrl !== undefined || accessKey !== undefined;
    if (!isRenewable && leftMs > 0 && leftMs < SOON_MS) {
      progress({ kind: 'tokenEndsSoon', minutes: Math.ceil(leftMs / 60_000) });
    }
  }

  return {
    accounts: (at: AccountUrls) => accounts(at),
    platform,
    /** Time left to wait for other processes, in milliseconds. */
    remainingMs: async () => (await startBudget(timeoutPerRequest)).remainingMs(),
    async close() {
      await Promise.all(opened.map((connection) => connection.close()));
    },
  };
}

interface Budget {
  readonly remainingMs: () => number;
  restart(): void;
}
