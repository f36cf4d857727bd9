import type { Context } from '../context.js';

/** The password of the desktop where it has one, unprintable from now on. */
export function readVncPassword({ environment, keepSecret }: Context): string | undefined {
  const password = environment.HPC_DESK_VNC_PASSWORD || undefined;
  if (password !== undefined) keepSecret(password);
  return password;
}
