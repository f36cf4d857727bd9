import type { CapturePlan } from '../../domain/check/capture-desktop.js';
import type { Context } from '../context.js';
import { readVncPassword } from './vnc-password.js';

/** For all of the pixels, where nobody named another limit, in milliseconds. */
const FRAME_TIMEOUT_MS = 20_000;

/** What looking at a desktop needs to know of this run. */
export async function lookFacts(context: Context): Promise<Omit<CapturePlan, 'route'>> {
  const { ask, runtime } = context;
  const password = readVncPassword(context);
  const { value: timeoutMs, source } = await context.setting('timeout');
  const frameTimeoutMs = source === 'default' ? Math.min(FRAME_TIMEOUT_MS, timeoutMs) : timeoutMs;
  return { password, mayAsk: ask.mayAsk, timeoutMs, frameTimeoutMs, signal: runtime.signal };
}
