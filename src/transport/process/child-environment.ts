import { release } from 'node:os';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Platform and environment of this process. */
export interface OwnMachine {
  readonly platform: NodeJS.Platform;
  /** Searched for programs (PATH) and, scrubbed, passed on to them. */
  readonly environment: Environment;
  /** uname(2) release; this machine's by default. */
  readonly kernelRelease?: string;
}

const OURS = /^HPC_DESK_/i;
const PROXY = /^(https?|all|ftp)_proxy$/i;

/**
 * Environment for a child process: without HPC_DESK_* variables and without proxy URLs that hold a password.
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

/** The value of a variable, empty when unset. Windows spells `Path`, and its variable names are case-insensitive. */
export function readVariable(environment: Environment, name: string): string {
  const wanted = name.toUpperCase();
  const key = Object.keys(environment).find((known) => known.toUpperCase() === wanted);
  return environment[name] ?? environment[key ?? name] ?? '';
}

/** Whether this is WSL with Windows interop. Checks the kernel too, because the environment alone proves nothing. */
export function isWsl({ platform, environment, kernelRelease = release() }: OwnMachine): boolean {
  const { WSL_INTEROP = '' } = environment;
  return platform === 'linux' && WSL_INTEROP !== '' && /microsoft/i.test(kernelRelease);
}
