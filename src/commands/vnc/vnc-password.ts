import type { DisplayMode } from '../../domain/connect/display-mode.js';
import type { CapturePlan } from '../../domain/session/check-session.js';
import type { Transport } from '../../transport/create-transport.js';
import type { Context } from '../context.js';

/** Reads the desktop's password, if set, and registers it for redaction. */
export function readVncPassword({ runtime, output }: Context): string | undefined {
  const password = runtime.environment.HPC_DESK_VNC_PASSWORD || undefined;
  if (password !== undefined) output.keepSecret(password);
  return password;
}

/** Default limit for receiving a frame, in milliseconds. */
const FRAME_TIMEOUT_MS = 20_000;

/** Options of this run for capturing a desktop. */
export async function captureOptions(context: Context): Promise<Omit<CapturePlan, 'route'>> {
  const { ask, runtime } = context;
  const password = readVncPassword(context);
  const { value: timeoutMs, source } = await context.setting('timeout');
  const frameTimeoutMs = source === 'default' ? Math.min(FRAME_TIMEOUT_MS, timeoutMs) : timeoutMs;
  return { password, mayAsk: ask.mayAsk, timeoutMs, frameTimeoutMs, signal: runtime.signal };
}

/** Offers to copy the password to the clipboard when the viewer will ask for it. */
export async function offerPassword(
  { ask, progress, runtime }: Context,
  transport: Transport,
  mode: DisplayMode,
  password: string | undefined,
): Promise<void> {
  if (mode.kind !== 'viewer' || password === undefined || !ask.mayAsk) return;
  const { viewer } = mode;
  if (transport.takesPassword(viewer)) return;
  const clipboard = await transport.findClipboard();
  if (clipboard === undefined) return;
  if (!(await ask.confirm({ kind: 'copyPassword', viewer: viewer.name }))) return;
  const isThere = await clipboard.write(password, runtime.signal);
  progress({ kind: isThere ? 'passwordCopied' : 'passwordNotCopied' });
}
