import { posix, win32 } from 'node:path';

/** What the place of the folder depends on. */
export interface FolderPlace {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  exists(path: string): boolean;
}

/**
 * Says where the program keeps its files: `HPC_DESK_CONFIG_DIR`, else the folder that conf would take (env-paths 3.0.0).
 * On macOS somebody who lives by XDG, or already has `~/.config/hpc-desk`, gets that one.
 *
 * @see XDG Base Directory Specification 0.8: a relative path in one of its variables is to be ignored.
 */
export function locateFolder({ platform, environment, home, exists }: FolderPlace): string {
  const path = platform === 'win32' ? win32 : posix;
  const absolute = (value: string | undefined) =>
    value !== undefined && path.isAbsolute(value) ? value : undefined;

  const chosen = environment.HPC_DESK_CONFIG_DIR;
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  if (platform === 'win32') {
    const appData = absolute(environment.APPDATA) ?? path.join(home, 'AppData', 'Roaming');
    return path.join(appData, 'hpc-desk', 'Config');
  }
  const xdgHome = absolute(environment.XDG_CONFIG_HOME);
  const folder = path.join(xdgHome ?? path.join(home, '.config'), 'hpc-desk');
  const isMacWithoutXdg = platform === 'darwin' && xdgHome === undefined && !exists(folder);
  return isMacWithoutXdg ? path.join(home, 'Library', 'Preferences', 'hpc-desk') : folder;
}

/**
 * Says where records and logs of background tunnels are kept, as env-paths does for logs; below `HPC_DESK_CONFIG_DIR`
 * where that is set, so that one variable separates two installations.
 */
export function locateStateFolder({
  platform,
  environment,
  home,
}: Omit<FolderPlace, 'exists'>): string {
  const path = platform === 'win32' ? win32 : posix;
  const { HPC_DESK_CONFIG_DIR, LOCALAPPDATA, XDG_STATE_HOME } = environment;
  const orElse = (value: string | undefined, ...otherwise: readonly string[]) =>
    value !== undefined && path.isAbsolute(value) ? value : path.join(home, ...otherwise);
  if (HPC_DESK_CONFIG_DIR) return path.join(path.resolve(HPC_DESK_CONFIG_DIR), 'state');
  switch (platform) {
    case 'win32':
      return path.join(orElse(LOCALAPPDATA, 'AppData', 'Local'), 'hpc-desk', 'Log');
    case 'darwin':
      return path.join(home, 'Library', 'Logs', 'hpc-desk');
    default:
      return path.join(orElse(XDG_STATE_HOME, '.local', 'state'), 'hpc-desk');
  }
}

/** Says where caches are kept, as env-paths does, whatever `HPC_DESK_CONFIG_DIR` says: nothing in them is the user's. */
export function locateCacheFolder({
  platform,
  environment,
  home,
}: Omit<FolderPlace, 'exists'>): string {
  const path = platform === 'win32' ? win32 : posix;
  const { LOCALAPPDATA, XDG_CACHE_HOME } = environment;
  const orElse = (value: string | undefined, ...otherwise: readonly string[]) =>
    value !== undefined && path.isAbsolute(value) ? value : path.join(home, ...otherwise);
  switch (platform) {
    case 'win32':
      return path.join(orElse(LOCALAPPDATA, 'AppData', 'Local'), 'hpc-desk', 'Cache');
    case 'darwin':
      return path.join(home, 'Library', 'Caches', 'hpc-desk');
    default:
      return path.join(orElse(XDG_CACHE_HOME, '.cache'), 'hpc-desk');
  }
}
