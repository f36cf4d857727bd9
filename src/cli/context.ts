import type { Context } from '../commands/context.js';
import { commands } from '../commands/index.js';
import type { ParsedSettings } from '../model/settings.js';
import { createConnections, type RunParts } from './connections.js';
import { commandTree } from './help/command-tree.js';
import { once } from './once.js';
import { type OutputOptions, showsField } from './output/output-options.js';
import type { TimedAsk } from './prompt.js';
import type { SideTasks } from './run/side-tasks.js';
import type { IOStreams } from './run/streams.js';
import { createRunSettings } from './run-settings.js';

export interface ContextParts {
  /** Settings from the command line. */
  readonly settings: ParsedSettings;
  readonly signal: AbortSignal;
  readonly ask: TimedAsk;
  readonly request: OutputOptions;
  readonly sideTasks: SideTasks;
}

/** Composition root: creates each part on first use, once. */
export function createContext(streams: IOStreams, parts: ContextParts) {
  const { signal, ask, request, sideTasks } = parts;
  const { processContext, messages, keepSecret, redact } = streams;
  const { environment, platform, now, sleep, random, version } = processContext;
  const progress = sideTasks.progress.show;
  const remainingMs = () => connections.remainingMs();
  const store = once(async () => {
    const { createStore } = await import('../store/store.js');
    return createStore(processContext, { signal, remainingMs });
  });
  const settings = createRunSettings(streams, parts.settings, store);
  const runParts: RunParts = { streams, signal, progress, ask, store, ...settings };
  const connections = createConnections(runParts);

  const context: Context = {
    runtime: {
      version,
      environment,
      signal,
      language: streams.locale,
      commandTree: () => commandTree(commands, messages),
    },
    clock: { now, sleep, random },
    output: {
      isTerminal: streams.stdout.isTerminal,
      shows: (field) => showsField(request, field),
      announceEnd: sideTasks.announceEnd,
      ring: sideTasks.ring,
      keepSecret,
      redact,
    },
    ask,
    progress,
    setting: settings.setting,
    store,
    login: settings.login,
    accounts: connections.accounts,
    platform: connections.platform,
    transport: once(async () => {
      const { createTransport } = await import('../transport/create-transport.js');
      return createTransport({ platform, environment });
    }),
    machine: {
      shellFiles: once(async () => {
        const { createShellFiles } = await import('../store/shell-files.js');
        return createShellFiles(processContext);
      }),
      tunnels: once(async () => {
        const { createTunnels } = await import('./tunnels.js');
        return createTunnels(streams, { signal, remainingMs });
      }),
      diagnostics: once(async () => {
        const { openDiagnostics } = await import('./open-diagnostics.js');
        return openDiagnostics(runParts);
      }),
    },
  };
  return {
    context,
    /** The platform's time zone for display. */
    timeZone: async () => (await settings.settingEvenIfDamaged('timeZone')).value,
    close: connections.close,
  };
}
