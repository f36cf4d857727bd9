import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { posix, win32 } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';

/** What the location of our folders depends on. */
export interface FolderPlace {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** From `findHome`. */
  readonly home: string | undefined;
}

/**
 * The home folder: HOME (USERPROFILE on Windows), else the passwd entry. Undefined when there is none or it is relative:
 * credentials must not end up in the working directory.
 */
export function findHome(place: Omit<FolderPlace, 'home'>): string | undefined {
  const stated = place.environment[homeVariable(place)];
  // Throws without a passwd entry, as in many containers.
  const home = stated || ignoreErrors(() => userInfo().homedir);
  return home !== undefined && pathOf(place).isAbsolute(home) ? home : undefined;
}

/** @throws store.noHome */
export function requireHome(place: Omit<FolderPlace, 'environment'>): string {
  if (place.home !== undefined) return place.home;
  throw new DeskError('store.noHome', { variable: homeVariable(place) });
}

/**
 * The config folder: `HPC_DESK_CONFIG_DIR`, else that of env-paths 3.0.0. On macOS `$XDG_CONFIG_HOME/hpc-desk` or an
 * existing `~/.config/hpc-desk` takes precedence over `~/Library/Preferences`.
 *
 * @throws store.noHome
 */
export function locateFolder({ platform, environment, home }: FolderPlace): string {
  const place = { platform, environment, home };
  const { HPC_DESK_CONFIG_DIR } = environment;
  if (HPC_DESK_CONFIG_DIR) return pathOf(place).resolve(HPC_DESK_CONFIG_DIR);
  if (platform === 'darwin') {
    const folder = locate({ ...place, platform: 'linux' }, 'config');
    if (variableOf(place, 'XDG_CONFIG_HOME') !== undefined || existsSync(folder)) return folder;
  }
  return locate(place, 'config');
}

/**
 * The state folder (records and logs of background tunnels): the log folder of env-paths, or `state` below
 * `HPC_DESK_CONFIG_DIR`, so that one variable isolates an installation.
 *
 * @throws store.noHome
 */
export function locateStateFolder(place: FolderPlace): string {
  const { HPC_DESK_CONFIG_DIR } = place.environment;
  return HPC_DESK_CONFIG_DIR
    ? pathOf(place).resolve(HPC_DESK_CONFIG_DIR, 'state')
    : locate(place, 'state');
}

/**
 * The cache folder of env-paths; `HPC_DESK_CONFIG_DIR` does not apply, since caches hold no user data.
 *
 * @throws store.noHome
 */
export function locateCacheFolder(place: FolderPlace): string {
  return locate(place, 'cache');
}

type Kind = 'config' | 'state' | 'cache';

/** The places of env-paths 3.0.0, below a variable or the home folder. */
const MAC = { config: 'Preferences', state: 'Logs', cache: 'Caches' };
const XDG = { config: '.config', state: '.local/state', cache: '.cache' };
const WINDOWS = { config: 'Config', state: 'Log', cache: 'Cache' };

function locate(place: FolderPlace, kind: Kind): string {
  const { join } = pathOf(place);
  const below = (variable: string, inHome: string, ours: string) =>
    join(variableOf(place, variable) ?? join(requireHome(place), inHome), ours);
  if (place.platform === 'darwin')
    return join(requireHome(place), 'Library', MAC[kind], 'hpc-desk');
  if (place.platform !== 'win32') {
    return below(`XDG_${kind.toUpperCase()}_HOME`, XDG[kind], 'hpc-desk');
  }
  const ours = join('hpc-desk', WINDOWS[kind]);
  return kind === 'config'
    ? below('APPDATA', 'AppData/Roaming', ours)
    : below('LOCALAPPDATA', 'AppData/Local', ours);
}

/** @see XDG Base Directory Specification 0.8: relative paths must be ignored. */
function variableOf(place: FolderPlace, name: string): string | undefined {
  const value = place.environment[name];
  return value !== undefined && pathOf(place).isAbsolute(value) ? value : undefined;
}

function pathOf({ platform }: Pick<FolderPlace, 'platform'>) {
  return platform === 'win32' ? win32 : posix;
}

function homeVariable({ platform }: Pick<FolderPlace, 'platform'>): string {
  return platform === 'win32' ? 'USERPROFILE' : 'HOME';
}
