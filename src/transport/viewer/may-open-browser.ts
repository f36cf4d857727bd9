import type { Environment } from '../process/child-environment.js';

/**
 * Whether a browser that is opened here can be seen by the user; pure.
 *
 * `HPC_DESK_BROWSER` decides where it is set: `none` forbids, and whoever names a program knows that it can be seen.
 */
export function mayOpenBrowser(platform: NodeJS.Platform, environment: Environment): boolean {
  const { HPC_DESK_BROWSER: wish, CI, SSH_CONNECTION, SSH_TTY } = environment;
  if (wish) return wish !== 'none';
  if (CI) return false;
  const isRemote = Boolean(SSH_CONNECTION || SSH_TTY);
  if (platform === 'darwin' || platform === 'win32') return !isRemote;
  // X11 and Wayland say where windows go, also when ssh forwards them.
  const hasDisplay = Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
  return hasDisplay || (isWsl(environment) && !isRemote);
}

/** Linux inside Windows, which sets these for every shell (https://learn.microsoft.com/windows/wsl/interop). */
export function isWsl({ WSL_DISTRO_NAME, WSL_INTEROP }: Environment): boolean {
  return Boolean(WSL_DISTRO_NAME || WSL_INTEROP);
}
