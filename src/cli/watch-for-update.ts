import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { locateFolder } from '../store/folder.js';
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
  const path = statePath(world);
  const end = new AbortController();
  void check(edge, path, end.signal).catch(() => {});
  return {
    end(hasSucceeded) {
      end.abort();
      if (!hasSucceeded) return;
      const state = readUpdateState(path);
      const { latest } = state;
      const now = world.now();
      if (!isNewer(latest, world.version) || isOfToday(state.noticedAt, now)) return;
      writeUpdateState(path, { ...state, noticedAt: now.toISOString() }, world.pid);
      say(edge, latest ?? '');
    },
  };
}

/** In the folder of settings, which is not made for it. */
function statePath({ platform, environment, home }: World): string {
  return join(locateFolder({ platform, environment, home, exists: existsSync }), 'update.json');
}

async function check({ world }: Edge, path: string, signal: AbortSignal): Promise<void> {
  if (isOfToday(readUpdateState(path).checkedAt, world.now())) return;
  await world.sleep(START_AFTER_MS, signal);
  const { askRegistry } = await import('./ask-registry.js');
  signal.throwIfAborted();
  const { environment, version, pid } = world;
  const registry = environment.npm_config_registry || REGISTRY;
  const userAgent = `hpc-desk/${version}`;
  const latest = await askRegistry({ registry, environment, userAgent, signal });
  // An unreachable registry is asked again tomorrow, too.
  const checkedAt = world.now().toISOString();
  const state = { ...readUpdateState(path), checkedAt };
  writeUpdateState(path, latest === undefined ? state : { ...state, latest }, pid);
}

function say({ world, messages, stderr, writer }: Edge, latest: string): void {
  const { npm_command, npm_lifecycle_event } = world.environment;
  // npx goes on with what it has, unless it is told.
  const isNpx = npm_command === 'exec' || npm_lifecycle_event === 'npx';
  const { newVersion, getIt } = messages.notices;
  const line = isNpx ? 'npx hpc-desk@latest' : 'npm install -g hpc-desk@latest';
  const { warning, plain, strong } = stderr.theme;
  writer.message(
    `\n${warning(newVersion(world.version, latest))}\n${plain(getIt)} ${strong(line)}\n`,
  );
}
