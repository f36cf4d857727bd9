import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { DeskError } from '../errors/desk-error.js';
import { findProgram } from '../transport/process/find-program.js';
import { createAccount } from './account.js';
import { CLUSTER, issueToken } from './clusters.js';
import type { StartDesktop } from './desktop.js';
import { createFaultQueue, type FaultOptions } from './faults.js';
import { type RequestRecord, startHttpServer } from './http-server.js';
import { type PlatformRouteOptions, platformRoutes } from './platform-routes.js';
import { startRfbServer } from './rfb/server.js';
import { sessionRoutes } from './session-routes.js';
import { createSessions, type SessionsOptions } from './sessions.js';
import { createTokenIssuer } from './tokens.js';
import { startXvnc } from './xvnc.js';

export interface SandboxOptions
  extends FaultOptions,
    Partial<Pick<SessionsOptions, 'idleMs'>>,
    Pick<PlatformRouteOptions, 'usableClusters'> {
  readonly now: () => Date;
  /** Xvnc is searched on PATH; desktops inherit PATH, HOME and LANG. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Closes the sandbox on abort. */
  readonly signal: AbortSignal;
  /** `auto`: Xvnc when it is installed, else the built-in test card. */
  readonly desktop?: 'auto' | 'xvnc' | 'builtin';
  readonly geometry?: { readonly widthPx: number; readonly heightPx: number };
  /** Truncated to 8 bytes. */
  readonly vncPassword?: string;
  readonly tokenLifeMs?: number;
  /** Called for every HTTP request, before the response. */
  readonly onRequest?: (record: RequestRecord) => void;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
export type SandboxDescription = Sandbox['description'];

const DAY_MS = 24 * 3_600_000;
const SWEEP_INTERVAL_MS = 30_000;

/**
 * Starts a local platform on 127.0.0.1 with random secrets and a real desktop for each session. It ends on `close`, on
 * abort, or with this process. The caller closes it.
 *
 * @throws xvnc.failed when Xvnc is requested but not installed.
 */
export async function startSandbox(options: SandboxOptions) {
  const { now, signal, geometry = DEFAULT_GEOMETRY } = options;
  signal.throwIfAborted();
  const startInXvnc = findXvnc(options);
  const account = createAccount();
  const { userId: _, clusterUser, ...credentials } = account;
  const key = randomBytes(32);
  const tokens = createTokenIssuer(key, options.tokenLifeMs ?? DAY_MS, now);
  const sessions = createSessions({
    now,
    user: clusterUser,
    idleMs: options.idleMs ?? 3_600_000,
    startDesktop: startInXvnc ?? startRfbServer,
    ...geometry,
    vncPassword: options.vncPassword,
  });
  const faults = createFaultQueue(options);
  const server = await startHttpServer({
    routes: [
      ...platformRoutes({ ...options, account, tokens }),
      ...sessionRoutes({ ...options, sessions, tokens, key }),
    ],
    async before(name) {
      await sessions.sweep();
      return faults.take(name);
    },
    delayMs: options.delayMs ?? 0,
    now,
    onRequest: options.onRequest,
  });
  const sweepTimer = setInterval(sessions.sweep, SWEEP_INTERVAL_MS).unref();
  const ending = new AbortController();
  const closed = once(ending.signal, 'abort').then(async () => {
    clearInterval(sweepTimer);
    await Promise.all([sessions.close(), server.close()]);
  });
  const close = () => {
    ending.abort();
    return closed;
  };
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  return {
    /** URLs and credentials, as printed by `sandbox --json`. */
    description: {
      apiUrl: `${server.url}${options.hpcUrlSuffix ?? ''}`,
      platformUrl: server.url,
      authUrl: server.url,
      ...credentials,
      cluster: { ...CLUSTER },
      /** A cluster token for `apiUrl`. */
      token: issueToken(tokens, account, CLUSTER.id),
    },
    desktop: startInXvnc === undefined ? 'builtin' : 'xvnc',
    /** For tests, like `faults`. */
    sessions,
    faults,
    /** Ends all desktops and the server; idempotent. */
    close,
    /** Resolves when everything has ended; never rejects. */
    closed,
  };
}

const DEFAULT_GEOMETRY = { widthPx: 1280, heightPx: 800 };

/** A start of Xvnc; undefined for the built-in desktop. */
function findXvnc({ desktop, environment }: SandboxOptions): StartDesktop | undefined {
  const program = desktop === 'builtin' ? undefined : findProgram('Xvnc', environment);
  if (program !== undefined) return (options) => startXvnc({ ...options, program, environment });
  if (desktop === 'xvnc') throw new DeskError('xvnc.failed', { reason: 'Xvnc: not found on PATH' });
  return undefined;
}
