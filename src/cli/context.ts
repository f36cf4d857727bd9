import type { RawInput } from '../commands/command.js';
import type { Ask, Context } from '../commands/context.js';
import type { Tunnels } from '../domain/connect/tunnels.js';
import type { Diagnostics } from '../domain/doctor/diagnostics.js';
import { resolveLogin } from '../domain/login/resolve-login.js';
import type { Locale } from '../i18n/locale.js';
import type { BaseUrl } from '../model/base-url.js';
import type { CommandTree } from '../model/command-tree.js';
import type { CurrentLogin } from '../model/current-login.js';
import { parseDurationMs } from '../model/duration.js';
import type { SettingName, SettingValue } from '../model/settings.js';
import type { Stage } from '../model/stage.js';
import type { PlatformClock } from '../model/zoned-time.js';
import type { ShellFiles } from '../store/shell-files.js';
import type { Store } from '../store/store.js';
import type { Transport } from '../transport/transport.js';
import { createConnections } from './connections.js';
import { type OutputWish, showsField } from './output/output-wish.js';
import { SETTING_OPTIONS } from './parse/globals.js';
import { resolveSetting } from './parse/settings.js';
import type { World } from './run/world.js';
import { timeQuestions } from './time-questions.js';

export interface ContextParts {
  readonly world: World;
  readonly input: RawInput;
  readonly signal: AbortSignal;
  readonly language: Locale;
  readonly ask: Ask;
  readonly wish: OutputWish;
  readonly commandTree: () => CommandTree;
  progress(stage: Stage): void;
  keepSecret(secret: string): void;
  redact(text: string): string;
  /** One line of the HTTP trace, for `--debug`. */
  log(line: string): void;
}

export interface OpenContext extends Context {
  /** Closes what the command opened. */
  close(): Promise<void>;
}

/** The composition root: each part is built when it is first asked for, and only once. */
export function createContext(parts: ContextParts): OpenContext {
  const { world, input } = parts;
  const ask = timeQuestions(parts.ask, world.now);
  const store = once(() => openStore(world));
  const storedSettings = once(async () => (await store()).settings.read());

  const profile = once(() => withoutProfile('profile'));
  const storedLogin = once(async () => {
    const { value = 'default' } = await profile();
    return (await store()).credentials.load(value);
  });

  function settingOfThisRun(name: SettingName, file?: string): SettingValue {
    const option = SETTING_OPTIONS.get(name);
    return resolveSetting(name, {
      option: option === undefined ? undefined : input.text(option),
      environment: world.environment,
      profile: undefined,
      file,
    });
  }

  async function withoutProfile(name: SettingName): Promise<SettingValue> {
    return settingOfThisRun(name, (await storedSettings())[name]);
  }

  /** A login of the current profile says where its own platform is, unless this very run says otherwise. */
  async function setting(name: SettingName): Promise<SettingValue> {
    const value = await withoutProfile(name);
    const isDecided = value.source === 'option' || value.source === 'env';
    if (isDecided || (name !== 'apiUrl' && name !== 'platformUrl')) return value;
    const stored = (await storedLogin())?.[name];
    return stored === undefined ? value : { value: stored, source: 'profile' };
  }

  /** The default platform is not where a token from elsewhere may go. */
  async function statedPlatformUrl(): Promise<BaseUrl | undefined> {
    const { value, source } = await withoutProfile('platformUrl');
    return source === 'default' ? undefined : (value as BaseUrl);
  }

  const timeoutMs = once(async () => parseDurationMs((await setting('timeout')).value ?? '') ?? 0);

  const login = once(async (): Promise<CurrentLogin> => {
    const stored = await storedLogin();
    const environmentToken = world.environment.HPC_DESK_TOKEN;
    const isMissing = stored === undefined && !environmentToken;
    const current = resolveLogin({
      profile: (await profile()).value ?? 'default',
      stored,
      profiles: isMissing ? await (await store()).credentials.list() : [],
      environmentToken,
      apiUrl: await withoutProfile('apiUrl'),
      platformUrl: await statedPlatformUrl(),
    });
    parts.keepSecret(current.token);
    return current;
  });

  async function clock(): Promise<PlatformClock> {
    const [timeZone, sweepHour] = await Promise.all([setting('timeZone'), setting('sweepHour')]);
    return { timeZone: timeZone.value ?? 'UTC', sweepHour: Number(sweepHour.value) };
  }

  const connectionParts = {
    ...parts,
    askedMs: ask.askedMs,
    store,
    login,
    timeoutMs,
    clock,
    accountUrls: async () => ({
      platformUrl: (await setting('platformUrl')).value as BaseUrl,
      authUrl: (await setting('authUrl')).value as BaseUrl,
    }),
  };
  const connections = createConnections(connectionParts);

  return {
    runtime: {
      environment: world.environment,
      signal: parts.signal,
      language: parts.language,
      commandTree: parts.commandTree,
    },
    clock: { now: world.now, sleep: world.sleep, random: world.random },
    output: {
      isTerminal: world.stdout.isTTY === true,
      shows: (field) => showsField(parts.wish, field),
      keepSecret: parts.keepSecret,
      redact: parts.redact,
    },
    ask,
    progress: parts.progress,
    timeoutMs,
    setting,
    store,
    login,
    accounts: connections.accounts,
    platform: connections.platform,
    transport: once(() => openTransport(world)),
    machine: {
      shellFiles: once(() => openShellFiles(world)),
      tunnels: once(() => openTunnels(parts)),
      diagnostics: once(async (): Promise<Diagnostics> => {
        const { openDiagnostics } = await import('./open-diagnostics.js');
        return openDiagnostics({ ...connectionParts, setting, settingOfThisRun });
      }),
    },
    close: connections.close,
  };
}

async function openStore(world: World): Promise<Store> {
  const { createStore } = await import('../store/store.js');
  return createStore(world);
}

async function openTunnels({ world, signal, redact }: ContextParts): Promise<Tunnels> {
  const [{ createTunnels }, { openTunnelRecords }] = await Promise.all([
    import('./tunnels.js'),
    import('../store/store.js'),
  ]);
  return createTunnels({ world, records: openTunnelRecords(world), signal, redact });
}

async function openTransport(world: World): Promise<Transport> {
  const { createTransport } = await import('../transport/create-transport.js');
  return createTransport({ platform: world.platform, environment: world.environment });
}

async function openShellFiles(world: World): Promise<ShellFiles> {
  const { createShellFiles } = await import('../store/shell-files.js');
  return createShellFiles(world);
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
