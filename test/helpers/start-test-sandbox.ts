import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/start-sandbox.js';

/** A sandbox whose desktops are test cards, on the real clock unless told; whoever starts it closes it. */
export function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({
    desktop: 'builtin',
    environment: {},
    now: () => new Date(),
    signal: new AbortController().signal,
    ...options,
  });
}
