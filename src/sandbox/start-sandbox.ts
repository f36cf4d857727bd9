import { randomBytes } from 'node:crypto';
import { DeskError } from '../errors/desk-error.js';
import { findProgram } from '../transport/process/find-program.js';
import { type Account, createAccount } from './account.js';
import { CLUSTER, issueClusterToken } from './clusters.js';
import { createDesk, type Desk, type DeskOptions } from './desk.js';
import type { StartDesktop } from './desktop.js';
import { createFaultQueue, type FaultOptions, type FaultQueue } from './faults.js';
import { type RequestRecord, startHttpServer } from './http-server.js';
import { type PlatformRouteOptions, platformRoutes } from './platform-routes.js';
import { startRfbServer } from './rfb/server.js';
import { createSessionKeeper } from './session-keeper.js';
import { sessionRoutes } from './session-routes.js';
import { createTokenIssuer } from './tokens.js';
import { startXvnc } from './xvnc.js';

export interface SandboxOptions
  extends FaultOptions,
    Partial<Pick<DeskOptions, 'nodes' | 'idleMs'>>,
    Pick<PlatformRouteOptions, 'usableClusters'> {
  readonly now: () => Date;
  /** PATH is searched for Xvnc; the desktop gets PATH, HOME and LANG of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Closes the sandbox. */
  readonly signal: AbortSignal;
  /** `auto`: Xvnc when it is installed, else the built-in test card. */
  readonly desktop?: 'auto' | 'xvnc' | 'builtin';
  readonly geometry?: { readonly widthPx: number; readonly heightPx: number };
  /** Its first 8 bytes count. */
  readonly vncPassword?: string;
  readonly tokenLifeMs?: number;
  readonly renewalWindowMs?: number;
  /** Told of every HTTP request, before it is answered. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** Everything that is needed to log in to a sandbox, in the shape that `sandbox --json` prints. */
export interface SandboxDescription
  extends Pick<Account, 'user' | 'password' | 'orgId' | 'accessKey' | 'secretKey'> {
  readonly apiUrl: string;
  readonly platformUrl: string;
  readonly authUrl: string;
  readonly cluster: { readonly id: string; readonly name: string };
  /** A token of the cluster, good at `apiUrl`. */
  readonly token: string;
}

export interface Sandbox {
  readonly description: SandboxDescription;
  readonly desktop: 'xvnc' | 'builtin';
  /** The truth behind the wire, and a way to make things go wrong later; for tests. */
  readonly desk: Desk;
  readonly faults: FaultQueue;
  /** Ends every desktop, then the server; safe to call twice. */
  close(): Promise<void>;
  /** Settles once all of it has ended; never rejects. */
  readonly closed: Promise<void>;
}

const DAY_MS = 24 * 3_600_000;
const SWEEP_LOOK_MS = 30_000;

/**
 * Starts a complete little platform on 127.0.0.1, with fresh secrets and a real desktop behind each session; it ends
 * with `close`, with the signal, or with this process, whatever ends that. The caller closes it.
 *
 * @throws xvnc.failed when Xvnc is asked for and not installed.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { now, signal, geometry = DEFAULT_GEOMETRY } = options;
  signal.throwIfAborted();
  const { kind, startDesktop } = chooseDesktop(options);
  const account = createAccount();
  const key = randomBytes(32);
  const tokens = createTokenIssuer({
    now,
    key,
    lifeMs: options.tokenLifeMs ?? DAY_MS,
    renewalWindowMs: options.renewalWindowMs ?? DAY_MS,
  });
  const desk = createDesk({
    now,
    nodes: options.nodes ?? [{ hostname: 'gv101', slots: 4 }],
    idleMs: options.idleMs ?? 3_600_000,
    newId: () => randomBytes(16).toString('hex'),
  });
  const keeper = createSessionKeeper({
    desk,
    startDesktop,
    ...geometry,
    vncPassword: options.vncPassword,
  });
  const faults = createFaultQueue(options);
  const server = await startHttpServer({
    routes: [
      ...platformRoutes({ ...options, account, tokens }),
      ...sessionRoutes({ ...options, keeper, tokens, key }),
    ],
    async before(name) {
      await keeper.sweep();
      return faults.take(name);
    },
    delayMs: options.delayMs ?? 0,
    now,
    onRequest: options.onRequest,
  });
  const sweepTimer = setInterval(keeper.sweep, SWEEP_LOOK_MS).unref();
  const { close, closed } = closeOnce(signal, async () => {
    clearInterval(sweepTimer);
    await Promise.all([keeper.close(), server.close()]);
  });
  return {
    description: {
      apiUrl: `${server.url}${options.hpcUrlSuffix ?? ''}`,
      platformUrl: server.url,
      authUrl: server.url,
      user: account.user,
      password: account.password,
      orgId: account.orgId,
      accessKey: account.accessKey,
      secretKey: account.secretKey,
      cluster: { ...CLUSTER },
      token: issueClusterToken(tokens, account),
    },
    desktop: kind,
    desk,
    faults,
    close,
    closed,
  };
}

const DEFAULT_GEOMETRY = { widthPx: 1280, heightPx: 800 };

function chooseDesktop(options: SandboxOptions): {
  readonly kind: 'xvnc' | 'builtin';
  readonly startDesktop: StartDesktop;
} {
  const { desktop: requested = 'auto', environment } = options;
  const program = requested === 'builtin' ? undefined : findProgram('Xvnc', environment);
  if (program !== undefined) {
    return {
      kind: 'xvnc',
      startDesktop: (desktop) => startXvnc({ ...desktop, program, environment }),
    };
  }
  if (requested === 'xvnc')
    throw new DeskError('xvnc.failed', { reason: 'Xvnc: not found on PATH' });
  return { kind: 'builtin', startDesktop: startRfbServer };
}

/** Runs `end` once, by call or by signal, whichever is first. */
function closeOnce(
  signal: AbortSignal,
  end: () => Promise<void>,
): Pick<Sandbox, 'close' | 'closed'> {
  const ending = new AbortController();
  const closed = new Promise<void>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve(end()), { once: true });
  });
  const close = () => {
    signal.removeEventListener('abort', close);
    ending.abort();
    return closed;
  };
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  return { close, closed };
}
