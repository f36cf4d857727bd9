import { createServerClock } from '../platform/server-clock.js';
import type { ProcessContext } from './run/process-context.js';

export function httpDefaults(
  processContext: Pick<ProcessContext, 'environment' | 'now' | 'random' | 'version'>,
  onClockSkew?: (offsetMs: number) => void,
) {
  const { environment, now, random, version } = processContext;
  return {
    environment,
    now,
    random,
    userAgent: `hpc-desk/${version}`,
    serverClock: createServerClock(now, onClockSkew),
  };
}
