import type { Context } from '../context.js';

/** The password of the desktop where it has one, unprintable from now on. */
export function readVncPassword({ runtime, output }: Context): string | undefined {
  const password = runtime.environment.HPC_DESK_VNC_PASSWORD || undefined;
  if (password !== undefined) output.keepSecret(password);
  return password;
}
