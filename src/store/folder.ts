import { userInfo } from 'node:os';
import { posix, win32 } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';

/** What the folder's location depends on. */
export interface FolderPlace {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** From `findHome`. */
  readonly home: string | undefined;
  exists(path: string): boolean;
}

type Place = Omit<FolderPlace, 'exists'>;

/**
 * The home folder: HOME (USERPROFILE on Windows), else the passwd entry. Undefined when there is none or it is relative:
 * credentials must not end up in the working directory.
 */
export function findHome({ platform, environment }: Omit<Place, 'home'>): string | undefined {
  const { isAbsolute } = platform === 'win32' ? win32 : posix;
  const stated = environment[homeVariable(platform)];
  // Throws without a passwd entry, as in many containers.
  const home = stated || ignoreErrors(() => userInfo().homedir);
  return home !== undefined && isAbsolute(home) ? home : undefined;
}

/** @throws store.noHome */
export function requireHome({ platform, home }: Omit<Place, 'environment'>): string {
  if (home === undefined) throw new DeskError('store.noHome', { variable: homeVariable(platform) });
  return home;
}

/**
 * The config folder: `HPC_DESK_CONFIG_DIR`, else that of env-paths 3.0.0. On macOS `$XDG_CONFIG_HOME/hpc-desk` or an
 * existing `~/.config/hpc-desk` takes precedence over `~/Library/Preferences`.
 *
 * @throws store.noHome
 */
export function locateFolder(place: FolderPlace): string {
  const { platform, environment, exists } = place;
  const { path, variable, inHome } = openPlace(place);
  if (environment.HPC_DESK_CONFIG_DIR) return path.resolve(environment.HPC_DESK_CONFIG_DIR);
  if (platform === 'win32') {
    return path.join(variable('APPDATA') ?? inHome('AppData', 'Roaming'), 'hpc-desk', 'Config');
  }
  const xdgHome = variable('XDG_CONFIG_HOME');
  const folder = path.join(xdgHome ?? inHome('.config'), 'hpc-desk');
  const isMacWithoutXdg = platform === 'darwin' && xdgHome === undefined && !exists(folder);
  return isMacWithoutXdg ? inHome('Library', 'Preferences', 'hpc-desk') : folder;
}

/**
 * The state folder (records and logs of background tunnels): the log folder of env-paths, or `state` below
 * `HPC_DESK_CONFIG_DIR`, so that one variable isolates an installation.
 *
 * @throws store.noHome
 */
export function locateStateFolder(place: Place): string {
  const { platform, environment } = place;
  const { path, variable, inHome } = openPlace(place);
  const { HPC_DESK_CONFIG_DIR } = environment;
  if (HPC_DESK_CONFIG_DIR) return path.join(path.resolve(HPC_DESK_CONFIG_DIR), 'state');
  switch (platform) {
    case 'win32':
      return path.join(variable('LOCALAPPDATA') ?? inHome('AppData', 'Local'), 'hpc-desk', 'Log');
    case 'darwin':
      return inHome('Library', 'Logs', 'hpc-desk');
    default:
      return path.join(variable('XDG_STATE_HOME') ?? inHome('.local', 'state'), 'hpc-desk');
  }
}

/**
 * The cache folder of env-paths; `HPC_DESK_CONFIG_DIR` does not apply, since caches hold no user data.
 *
 * @throws store.noHome
 */
export function locateCacheFolder(place: Place): string {
  const { path, variable, inHome } = openPlace(place);
  switch (place.platform) {
    case 'win32':
      return path.join(variable('LOCALAPPDATA') ?? inHome('AppData', 'Local'), 'hpc-desk', 'Cache');
    case 'darwin':
      return inHome('Library', 'Caches', 'hpc-desk');
    default:
      return path.join(variable('XDG_CACHE_HOME') ?? inHome('.cache'), 'hpc-desk');
  }
}

function openPlace(place: Place) {
  const path = place.platform === 'win32' ? win32 : posix;
  return {
    path,
    /** @see XDG Base Directory Specification 0.8: relative paths must be ignored. */
    variable(name: string): string | undefined {
      const value = place.environment[name];
      return value !== undefined && path.isAbsolute(value) ? value : undefined;
    },
    inHome: (...names: readonly string[]) => path.join(requireHome(place), ...names),
  };
}

function homeVariable(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'USERPROFILE' : 'HOME';
}
