import { release } from 'node:os';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the machine that we run on lets us start, and how. */
export interface OwnMachine {
  readonly platform: NodeJS.Platform;
  /** Where programs are looked for and, scrubbed, what they see. */
  readonly environment: Environment;
  /** As uname(2) tells it; that of this machine unless given. */
  readonly kernelRelease?: string;
}

const OURS = /^HPC_DESK_/i;
const PROXY = /^(https?|all|ftp)_proxy$/i;

/**
 * The environment that a child may see: no setting or secret of ours, and no proxy URL that holds a password.
 *
 * OpenSSH expands `${NAME}` in forwarding targets, and any program may log its environment.
 */
export function childEnvironment(environment: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    const isSecret = OURS.test(name) || (PROXY.test(name) && value?.includes('@'));
    if (value !== undefined && !isSecret) kept[name] = value;
  }
  return kept;
}

/**
 * Whether this is Linux inside Windows, whose programs reach a port of ours through a relay. The kernel is asked as well:
 * the environment alone may come from anywhere.
 */
export function isWsl({ platform, environment, kernelRelease = release() }: OwnMachine): boolean {
  const { WSL_INTEROP = '' } = environment;
  return platform === 'linux' && WSL_INTEROP !== '' && /microsoft/i.test(kernelRelease);
}
