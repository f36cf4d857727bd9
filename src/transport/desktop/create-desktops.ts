import type { Environment } from '../process/child-environment.js';
import type { Transport } from '../transport.js';

/** The looking half of `Transport`; `environment` is where ssh is looked for and, scrubbed, what it sees. */
export function createDesktops({
  environment,
}: {
  readonly environment: Environment;
}): Pick<Transport, 'openDesktop'> {
  return {
    async openDesktop(options) {
      const { openDesktop } = await import('./open-desktop.js');
      return openDesktop(options, environment);
    },
  };
}
