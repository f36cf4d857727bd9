import type { Context } from '../commands/context.js';
import type { Tunnels } from '../domain/connect/tunnels.js';
import type { Diagnostics } from '../domain/doctor/diagnostics.js';
import { isDeskError } from '../errors/desk-error.js';
import type { Locale } from '../i18n/locale.js';
import type { CommandTree } from '../model/command-tree.js';
import type { ParsedSettings } from '../model/settings.js';
import type { StatusMessage } from '../model/status.js';
import type { WaitLimits } from '../store/private-file.js';
import type { ShellFiles } from '../store/shell-files.js';
import type { Store } from '../store/store.js';
import type { Transport } from '../transport/transport.js';
import { createConnections } from './connections.js';
import { once } from './once.js';
import { type OutputOptions, showsField } from './output/output-options.js';
import type { TimedAsk } from './prompt.js';
import type { ProcessContext } from './run/process-context.js';
import { createRunSettings } from './run-settings.js';

export interface ContextParts {
  readonly processContext: ProcessContext;
  /** Settings from the command line. */
  readonly settings: ParsedSettings;
  readonly signal: AbortSignal;
  readonly language: Locale;
  readonly ask: TimedAsk;
  readonly request: OutputOptions;
  readonly commandTree: () => CommandTree;
  progress(message: StatusMessage): void;
  announceEnd(): void;
  ring(): void;
  keepSecret(secret: string): void;
  redact(text: string): string;
  /** Logs one line of the HTTP trace, for `--debug`. */
  log(line: string): void;
  /** Reports the duration of a request in milliseconds. */
  onRequest(elapsedMs: number): void;
}

export interface OpenContext extends Context {
  /** The platform's time zone for display; without a readable store, from options and environment. */
  timeZone(): Promise<string>;
  close(): Promise<void>;
}

/** Composition root: creates each part on first use, once. */
export function createContext(parts: ContextParts): OpenContext {
  const { processContext } = parts;
  const { environment } = processContext;
  const store = once(() => openStore(processContext, { signal: parts.signal, remainingMs }));
  const settings = createRunSettings({ ...parts, environment, store });
  const { ask } = parts;
  const connectionParts = { ...parts, ...settings, askedMs: ask.askedMs, store };
  const connections = createConnections(connectionParts);

  /** Logging out must work even when the settings file is damaged. */
  async function remainingMs(): Promise<number> {
    try {
      return await connections.remainingMs();
    } catch (error) {
      if (isDeskError(error) && error.family === 'local') {
        return settings.settingOfThisRun('timeout').value;
      }
      throw error;
    }
  }

  return {
    runtime: {
      version: processContext.version,
      environment,
      signal: parts.signal,
      language: parts.language,
      commandTree: parts.commandTree,
    },
    clock: { now: processContext.now, sleep: processContext.sleep, random: processContext.random },
    output: {
      isTerminal: processContext.stdout.isTTY === true,
      shows: (field) => showsField(parts.request, field),
      announceEnd: parts.announceEnd,
      ring: parts.ring,
      keepSecret: parts.keepSecret,
      redact: parts.redact,
    },
    ask,
    progress: parts.progress,
    setting: settings.setting,
    store,
    login: settings.login,
    accounts: connections.accounts,
    platform: connections.platform,
    transport: once(() => openTransport(processContext)),
    machine: {
      shellFiles: once(() => openShellFiles(processContext)),
      tunnels: once(() => openTunnels(parts, remainingMs)),
      diagnostics: once(async (): Promise<Diagnostics> => {
        const { openDiagnostics } = await import('./open-diagnostics.js');
        return openDiagnostics(connectionParts);
      }),
    },
    async timeZone() {
      try {
        return (await settings.setting('timeZone')).value;
      } catch (error) {
        if (!isDeskError(error)) throw error;
        return settings.settingOfThisRun('timeZone').value;
      }
    },
    close: connections.close,
  };
}

async function openStore(processContext: ProcessContext, limits: WaitLimits): Promise<Store> {
  const { createStore } = await import('../store/store.js');
  return createStore(processContext, limits);
}

async function openTunnels(
  { processContext, signal, redact }: ContextParts,
  remainingMs: WaitLimits['remainingMs'],
): Promise<Tunnels> {
  const [{ createTunnels }, { openTunnelRecords }] = await Promise.all([
    import('./tunnels.js'),
    import('../store/store.js'),
  ]);
  return createTunnels({
    processContext,
    records: openTunnelRecords(processContext),
    signal,
    remainingMs,
    redact,
  });
}

async function openTransport(processContext: ProcessContext): Promise<Transport> {
  const { createTransport } = await import('../transport/create-transport.js');
  return createTransport({
    platform: processContext.platform,
    environment: processContext.environment,
  });
}

async function openShellFiles(processContext: ProcessContext): Promise<ShellFiles> {
  const { createShellFiles } = await import('../store/shell-files.js');
  return createShellFiles(processContext);
}
