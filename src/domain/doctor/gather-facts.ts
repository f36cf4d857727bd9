import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import {
  type Endpoint,
  LOOPBACK,
  type LoginNode,
  parseIpAddress,
  type Route,
  SSH_PORT,
} from '../../model/endpoint.js';
import type { CurrentLogin } from '../../model/login.js';
import {
  defaultSetting,
  SETTING_NAMES,
  type Setting,
  type SettingName,
} from '../../model/settings.js';
import type { Transport } from '../../transport/create-transport.js';
import { completeLoginNode, readKey } from '../connect/choose-route.js';
import { describeViewers } from '../connect/display-mode.js';
import type { Deadline, Diagnostics } from './diagnostics.js';
import type { Outcome } from './finding.js';

export interface Gathering {
  readonly diagnostics: Diagnostics;
  readonly transport: Transport;
  /** @throws auth.*, store.*, usage.* */
  login(): Promise<CurrentLogin>;
  now(): Date;
  /** `--identity` */
  readonly identityFile: string | undefined;
  /** Time limit of the whole run, in milliseconds. */
  readonly timeoutMs: number;
  /** Called before the network probes. */
  onAsking(url: BaseUrl): void;
}

/** Time limit of a probe. */
const PROBE_MS = 5_000;
/** Probes run in two rounds; the rest is for starting up and printing. */
const SHARE_OF_RUN = 0.45;

/** Results of all probes; undefined for a probe that was not needed. */
export type Facts = Awaited<ReturnType<typeof gatherFacts>>;

/** Runs all probes concurrently, then the desktop probe, which depends on them. Failures do not stop it. */
export async function gatherFacts(gathering: Gathering) {
  const { diagnostics, transport, now, identityFile } = gathering;
  const limitMs = Math.min(PROBE_MS, Math.floor(gathering.timeoutMs * SHARE_OF_RUN));

  async function observe<Value>(
    probe: (deadline: Deadline) => Promise<Value> | Value,
  ): Promise<Outcome<Value>> {
    const startedAtMs = now().getTime();
    const elapsed = () => ({ elapsedMs: now().getTime() - startedAtMs });
    try {
      const seen = await diagnostics.within(limitMs, async (signal) => probe({ limitMs, signal }));
      return seen === undefined
        ? { kind: 'late', limitMs, ...elapsed() }
        : { kind: 'value', value: seen.value, ...elapsed() };
    } catch (error) {
      diagnostics.signal.throwIfAborted();
      return { kind: 'error', error: toDeskError(error), ...elapsed() };
    }
  }

  let values: { readonly [Name in SettingName]?: Setting<Name> } = {};
  /** The valid settings, or the first error. */
  const settings = await observe(async () => {
    const errors: unknown[] = [];
    for (const name of SETTING_NAMES) {
      try {
        values = { ...values, [name]: await diagnostics.setting(name) };
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    return values;
  });
  const login = await observe(gathering.login);
  const current = login.kind === 'value' ? login.value : undefined;
  const { platformUrl = defaultSetting('platformUrl') } = values;
  const baseUrl = current?.apiUrl ?? values.apiUrl?.value ?? platformUrl.value;
  const timeZone = (values.timeZone ?? defaultSetting('timeZone')).value;
  const identity =
    identityFile === undefined
      ? undefined
      : await observe(() => readKey(transport, identityFile, timeZone));
  const key = identity?.kind === 'value' ? identity.value : undefined;
  const via = completeLoginNode({
    via: values.via?.value,
    key,
    clusterUser: current?.clusterUser ?? '',
  });
  const requestedViewer = (values.viewer ?? defaultSetting('viewer')).value;
  gathering.onAsking(baseUrl);

  const proxy = await observe(() => diagnostics.findProxy(baseUrl));
  const isProxied = proxy.kind === 'value' && proxy.value !== undefined;
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  const isLookedUp = !isProxied && parseIpAddress(host) === undefined;
  const seen = await allOf({
    folder: observe(() => diagnostics.readFolder()),
    temporaryFolder: observe(() => diagnostics.findTemporaryFolder()),
    /** In bytes; infinite when unlimited. */
    addressSpace: observe(() => diagnostics.readAddressSpaceBytes()),
    freePort: observe(({ signal }) => diagnostics.findFreePort(signal)),
    origin: observe((deadline) => diagnostics.askOrigin(baseUrl, deadline)),
    ssh: observe(({ signal }) => diagnostics.describeSsh(signal)),
    viewers: observe(() => describeViewers(transport, requestedViewer)),
    browser: observe(() => diagnostics.findBrowser()),
    tunnels: observe(() => diagnostics.listTunnels()),
    terminal: observe(() => diagnostics.terminal),
    /** Undefined for an IP literal, or when the proxy resolves the host. */
    addresses: isLookedUp
      ? observe(({ signal }) => diagnostics.lookUpHost(host, signal))
      : undefined,
    /** Names of the cluster's schedulers. */
    cluster: current && observe((deadline) => diagnostics.readSchedulers(current, deadline)),
    /** Endpoint of the user's session, if there is one. */
    session:
      current &&
      observe(async (deadline) => {
        const [session] = await diagnostics.listSessions(deadline);
        return session && { host: session.ip, port: session.port };
      }),
    keys: via && !identity ? observe(({ signal }) => diagnostics.findKeys(via, signal)) : undefined,
    hostKey: via && observe(({ signal }) => diagnostics.findHostKey(via, signal)),
  });

  const target = seen.session?.kind === 'value' ? seen.session.value : undefined;
  const canTry = via === undefined ? target !== undefined : seen.ssh.kind === 'value';
  return {
    ...seen,
    operatingSystem: diagnostics.machine.operatingSystem,
    now: now(),
    /** The platform's. */
    timeZone,
    /** The URL probed: the cluster's API, or without a login the platform. */
    baseUrl,
    via,
    requestedViewer,
    settings,
    login,
    proxy,
    /** The key given with `--identity`. */
    identity,
    /** One connection through the user's route: to the session, or without one to the login node's own sshd. */
    desktop: canTry
      ? await observe((deadline) => greetDesktop(transport, { target, via }, deadline))
      : undefined,
  };
}

/** A system error is identified by its code, such as `ENOTFOUND`. */
function toDeskError(error: unknown): DeskError {
  if (isDeskError(error)) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new DeskError('bug.unexpected', { reason: code ?? message }, { cause: error });
}

async function allOf<Probes extends object>(
  probes: Probes,
): Promise<{ readonly [Name in keyof Probes]: Awaited<Probes[Name]> }> {
  const entries = Object.entries(probes).map(async ([name, probe]) => [name, await probe]);
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * Opens one connection through the user's route, without prompts, and waits for the first bytes. Without a session it
 * connects to the login node's own sshd: any response through the tunnel proves the route, and the version is empty.
 *
 * @throws like `Transport.openForward`.
 */
export async function greetDesktop(
  transport: Transport,
  { target, via }: { readonly target: Endpoint | undefined; readonly via: LoginNode | undefined },
  { limitMs, signal }: Deadline,
): Promise<{ readonly rfbVersion: string }> {
  const endpoint = target ?? { host: LOOPBACK, port: via?.port ?? SSH_PORT };
  const route: Route =
    via === undefined
      ? { kind: 'direct', target: endpoint }
      : { kind: 'ssh', target: endpoint, via };
  try {
    const forward = await transport.openForward({
      route,
      listen: { kind: 'tcp', port: 0 },
      mayAsk: false,
      // Shorter than the probe's limit, for its more specific error.
      timeoutMs: Math.floor(limitMs * 0.9),
      signal,
    });
    await forward.close();
    return { rfbVersion: forward.rfbVersion };
  } catch (error) {
    if (target === undefined && isDeskError(error, 'rfb.notRfb')) return { rfbVersion: '' };
    throw error;
  }
}
