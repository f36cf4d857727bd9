import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  fieldOf,
  findTyped,
  isHarmlessWord,
  offerClusters,
  offerProfiles,
  offerSessions,
  offerTunnels,
  offerViewers,
} from '../../domain/completion/completion-candidates.js';
import type { Candidate, LiveValues } from '../../model/command-tree.js';
import { parseSettings, type SettingName } from '../../model/settings.js';
import { createCompletionCache } from '../../store/completion-cache.js';
import { locateFolder, locateStateFolder } from '../../store/folder.js';
import { type Entries, readJsonQuietly } from '../../store/json-file.js';
import { SETTING_OPTIONS } from '../parse/globals.js';
import { resolveSetting, type SettingSources } from '../parse/settings.js';
import type { CompletionProcess } from '../run/process-context.js';

/**
 * Finds dynamic candidates for the words typed so far. Sessions come from the cache or one request, everything else
 * from this machine.
 *
 * @throws on any failure, which the caller treats as no candidates.
 */
export async function findCandidates(
  kind: LiveValues,
  typed: readonly string[],
  processContext: CompletionProcess,
): Promise<readonly Candidate[]> {
  if (kind === 'viewers') return offerViewers(await findViewers(processContext));
  const { environment, userId } = processContext;
  if (kind === 'tunnels') return offerTunnels(readTunnels(processContext));
  const folder = locateFolder(processContext);
  const credentials = readJsonQuietly(folder, 'credentials', userId);
  const profiles = credentials?.entries.profiles;
  if (kind === 'profiles') return offerProfiles(profiles);

  const settings = readJsonQuietly(folder, 'settings', userId);
  const sources = readSources(typed, environment, settings?.entries);
  const setting = <Name extends SettingName>(name: Name) => resolveSetting(name, sources);
  const profile = setting('profile').value;
  const login = fieldOf(profiles, profile);
  if (kind === 'clusters') return offerClusters(login);

  const ask = async () => {
    const { askForSessions } = await import('./ask-for-sessions.js');
    return offerSessions(await askForSessions({ processContext, profile, login, setting }));
  };
  // Nothing identifies the account of an environment token, so its sessions are not cached.
  if (environment.HPC_DESK_TOKEN) return ask();
  if (login === undefined) return [];
  const cache = createCompletionCache(folder, userId);
  // A login, logout or changed setting changes a stamp.
  const parts = [profile, setting('apiUrl').value, credentials?.stamp, settings?.stamp];
  const key = parts.join(' | ');
  const known = cache.read(key, processContext.now());
  if (known !== undefined) return known;
  const found = (await ask()).filter(({ word }) => isHarmlessWord(word));
  cache.write(key, processContext.now(), found);
  return found;
}

/** Finds viewers by path only: starts no program and does not load the code to do so. */
async function findViewers({ platform, environment }: CompletionProcess) {
  const [{ detectViewers }, { machineFiles }, { isWsl }] = await Promise.all([
    import('../../transport/viewer/detect-viewers.js'),
    import('../../transport/viewer/machine.js'),
    import('../../transport/process/child-environment.js'),
  ]);
  const files = machineFiles(platform);
  const { viewers } = await detectViewers({
    ...{ platform, environment, files, isWsl: isWsl({ platform, environment }) },
    runForText: async () => '',
    findDisplayProblem: async () => undefined,
  });
  return viewers;
}

/** @throws on an invalid value in the file. */
function readSources(
  typed: readonly string[],
  environment: CompletionProcess['environment'],
  settings: Entries | undefined,
): SettingSources {
  const refuse = () => {
    throw new Error('invalid');
  };
  const options = [...SETTING_OPTIONS].map(([name, long]) => [name, findTyped(typed, long)]);
  return {
    options: parseSettings(Object.fromEntries(options), refuse),
    environment,
    file: parseSettings(settings ?? {}, refuse),
  };
}

/** Does not check whether the processes still run. */
function readTunnels(processContext: CompletionProcess): readonly unknown[] {
  const { userId } = processContext;
  const folder = join(locateStateFolder(processContext), 'tunnels');
  return readdirSync(folder).flatMap((name) => {
    if (!name.endsWith('.json')) return [];
    return readJsonQuietly(folder, name.slice(0, -'.json'.length), userId)?.entries ?? [];
  });
}
