import { existsSync } from 'node:fs';
import { locateFolder } from '../store/folder.js';
import { label } from '../view/label.js';
import { clientParts } from './client-parts.js';
import type { Edge } from './edge.js';
import { isNewer, isOfToday, readUpdateState, writeUpdateState } from './update-state.js';
import type { World } from './world.js';

const REGISTRY = 'https://registry.npmjs.org';
/** A command that ends sooner is not made longer, nor busier, by a check. */
const START_AFTER_MS = 500;

export interface UpdateWatch {
  /** Abandons a check that is still under way; says what is known when the command has succeeded. */
  end(hasSucceeded: boolean): void;
}

/** Asks for new versions beside a command, at most once in 24 h, and silently when that fails. */
export function watchForUpdate(edge: Edge): UpdateWatch {
  const { world } = edge;
  const folder = findFolder(world);
  const end = new AbortController();
  void check(edge, folder, end.signal).catch(() => {});
  return {
    end(hasSucceeded) {
      end.abort();
      if (!hasSucceeded) return;
      const state = readUpdateState(folder, world.userId);
      const { latest } = state;
      const now = world.now();
      if (!isNewer(latest, world.version) || isOfToday(state.noticedAt, now)) return;
      writeUpdateState(folder, { ...state, noticedAt: now.toISOString() });
      say(edge, latest ?? '');
    },
  };
}

/** In the folder of settings, which is not made for it. */
function findFolder({ platform, environment, home }: World): string {
  return locateFolder({ platform, environment, home, exists: existsSync });
}

async function check({ world }: Edge, folder: string, signal: AbortSignal): Promise<void> {
  const read = () => readUpdateState(folder, world.userId);
  if (isOfToday(read().checkedAt, world.now())) return;
  await world.sleep(START_AFTER_MS, signal);
  const { askRegistry } = await import('./ask-registry.js');
  signal.throwIfAborted();
  const { environment, userAgent } = clientParts(world);
  const registry = environment.npm_config_registry || REGISTRY;
  const latest = await askRegistry({ registry, environment, userAgent, signal });
  // An unreachable registry is asked again tomorrow, too.
  const checkedAt = world.now().toISOString();
  const state = { ...read(), checkedAt };
  writeUpdateState(folder, latest === undefined ? state : { ...state, latest });
}

function say({ world, messages, stderr, writer }: Edge, latest: string): void {
  const { npm_command, npm_lifecycle_event } = world.environment;
  // npx goes on with what it has, unless it is told.
  const isNpx = npm_command === 'exec' || npm_lifecycle_event === 'npx';
  const { newVersion, getIt } = messages.notices;
  const line = isNpx ? 'npx hpc-desk@latest' : 'npm install -g hpc-desk@latest';
  const { warning, plain, strong } = stderr.theme;
  writer.message(
    `\n${warning(newVersion(world.version, latest))}\n${plain(label(getIt))}${strong(line)}\n`,
  );
}
