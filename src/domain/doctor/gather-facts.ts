import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import { type LoginNode, parseIpAddress } from '../../model/endpoint.js';
import type { CurrentLogin } from '../../model/login.js';
import { defaultSetting, SETTING_NAMES } from '../../model/settings.js';
import type { Transport } from '../../transport/transport.js';
import { completeNode, nodeOfKey, type RouteFacts, readKey } from '../connect/choose-route.js';
import { describeViewers } from '../connect/display-mode.js';
import { greetDesktop } from './desktop.js';
import type { Deadline, Diagnostics, Facts, Outcome, SettingFacts } from './diagnostics.js';

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

/** Runs all probes concurrently, then the desktop probe, which depends on them. Failures do not stop it. */
export async function gatherFacts(gathering: Gathering): Promise<Facts> {
  const { diagnostics, transport, now } = gathering;
  const limitMs = Math.min(PROBE_MS, Math.floor(gathering.timeoutMs * SHARE_OF_RUN));
  const observe = <Value>(probe: (deadline: Deadline) => Promise<Value> | Value) =>
    observeWithin(limitMs, gathering, probe);

  const { outcome: settings, values } = await readSettings(gathering);
  const login = await observe(gathering.login);
  const current = login.kind === 'value' ? login.value : undefined;
  const baseUrl = current?.apiUrl ?? chooseBaseUrl(values);
  const { identityFile } = gathering;
  const timeZone = (values.timeZone ?? defaultSetting('timeZone')).value;
  const identity =
    identityFile === undefined
      ? undefined
      : await observe(() => readKey(transport, identityFile, timeZone));
  const key = identity?.kind === 'value' ? identity.value : undefined;
  const via = chooseVia(values.via?.value, { key, clusterUser: current?.clusterUser ?? '' });
  const requestedViewer = (values.viewer ?? defaultSetting('viewer')).value;
  gathering.onAsking(baseUrl);

  const proxy = await observe(() => diagnostics.findProxy(baseUrl));
  const isProxied = proxy.kind === 'value' && proxy.value !== undefined;
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  const isLookedUp = !isProxied && parseIpAddress(host) === undefined;
  const [seen, ofLogin, ofVia] = await Promise.all([
    allOf({
      folder: observe(() => diagnostics.readFolder()),
      temporaryFolder: observe(() => diagnostics.findTemporaryFolder()),
      addressSpace: observe(() => diagnostics.readAddressSpaceBytes()),
      freePort: observe(({ signal }) => diagnostics.findFreePort(signal)),
      origin: observe((deadline) => diagnostics.askOrigin(baseUrl, deadline)),
      ssh: observe(({ signal }) => diagnostics.describeSsh(signal)),
      viewers: observe(() => describeViewers(transport, requestedViewer)),
      browser: observe(() => diagnostics.findBrowser()),
      tunnels: observe(() => diagnostics.listTunnels()),
      terminal: observe(() => diagnostics.terminal),
      addresses: isLookedUp
        ? observe(({ signal }) => diagnostics.lookUpHost(host, signal))
        : undefined,
    }),
    current &&
      allOf({
        cluster: observe((deadline) => diagnostics.readSchedulers(current, deadline)),
        session: observe(async (deadline) => {
          const [session] = await diagnostics.listSessions(deadline);
          return session && { host: session.ip, port: session.port };
        }),
      }),
    via &&
      allOf({
        keys: identity ? undefined : observe(({ signal }) => diagnostics.findKeys(via, signal)),
        hostKey: observe(({ signal }) => diagnostics.findHostKey(via, signal)),
      }),
  ]);

  const session = ofLogin?.session;
  const target = session?.kind === 'value' ? session.value : undefined;
  const canTry = via === undefined ? target !== undefined : seen.ssh.kind === 'value';
  return {
    operatingSystem: diagnostics.machine.operatingSystem,
    now: now(),
    timeZone,
    baseUrl,
    via,
    requestedViewer,
    settings,
    login,
    proxy,
    ...seen,
    cluster: ofLogin?.cluster,
    session,
    identity,
    keys: ofVia?.keys,
    hostKey: ofVia?.hostKey,
    desktop: canTry
      ? await observe((deadline) => greetDesktop(transport, { target, via }, deadline))
      : undefined,
  };
}

/** The valid settings, and the first error. */
async function readSettings({ diagnostics, now }: Gathering) {
  const startedAt = now();
  const found: unknown[][] = [];
  let problem: DeskError | undefined;
  for (const name of SETTING_NAMES) {
    try {
      found.push([name, await diagnostics.setting(name)]);
    } catch (error) {
      problem ??= toDeskError(error);
    }
  }
  const elapsedMs = now().getTime() - startedAt.getTime();
  const values: SettingFacts = Object.fromEntries(found);
  const outcome: Facts['settings'] =
    problem === undefined
      ? { kind: 'value', value: values, elapsedMs }
      : { kind: 'error', error: problem, elapsedMs };
  return { outcome, values };
}

function chooseBaseUrl({ apiUrl, platformUrl }: SettingFacts): BaseUrl {
  return apiUrl?.value ?? (platformUrl ?? defaultSetting('platformUrl')).value;
}

/** Completes the login node like `vnc connect`: from the key, then from the login. */
function chooseVia(
  node: LoginNode | undefined,
  facts: Pick<RouteFacts, 'key' | 'clusterUser'>,
): LoginNode | undefined {
  const found = node ?? nodeOfKey(facts.key);
  return found && completeNode(found, facts);
}

async function observeWithin<Value>(
  limitMs: number,
  { diagnostics, now }: Gathering,
  probe: (deadline: Deadline) => Promise<Value> | Value,
): Promise<Outcome<Value>> {
  const startedAt = now().getTime();
  const elapsed = () => ({ elapsedMs: now().getTime() - startedAt });
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
