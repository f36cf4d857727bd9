import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/start-sandbox.js';

/** A sandbox with built-in desktops, on the real clock by default; the caller closes it. */
export function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({
    desktop: 'builtin',
    environment: {},
    now: () => new Date(),
    signal: new AbortController().signal,
    ...options,
  });
}
