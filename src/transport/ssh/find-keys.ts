import { existsSync } from 'node:fs';
import type { LoginNode } from '../../model/endpoint.js';
import type { AgentState } from '../../model/finding.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { readOutput } from '../process/read-output.js';
import { type LookOptions, readEffectiveConfig } from './effective-config.js';

export interface KeyFacts {
  /** How many keys the agent holds, or why it offers none. */
  readonly agent: AgentState | number;
  /** Key files that are there, of those that ssh would try. */
  readonly files: readonly string[];
}

/** The keys that ssh can offer to a login node. @throws ssh.missing; the signal's reason when aborted. */
export async function findKeys(via: LoginNode, options: LookOptions): Promise<KeyFacts> {
  const { identityAgent, identityFiles } = await readEffectiveConfig(via, options);
  const { environment } = options;
  const agentSocket = identityAgent ?? environment.SSH_AUTH_SOCK;
  return {
    agent: await askAgent({ ...environment, SSH_AUTH_SOCK: agentSocket }, options.signal),
    files: identityFiles.filter((path) => existsSync(path)),
  };
}

/** Exit codes of ssh-add(1): 1 with an agent that holds no key, 2 without an agent. */
async function askAgent(
  environment: Environment,
  signal: AbortSignal,
): Promise<AgentState | number> {
  if (environment.SSH_AUTH_SOCK === 'none') return 'none';
  const sshAdd = findProgram('ssh-add', environment);
  if (sshAdd === undefined) return 'missing';
  const { exitCode, stdout } = await readOutput(sshAdd, ['-l'], { environment, signal });
  if (exitCode === 0) return stdout.trim().split('\n').length;
  return exitCode === 1 ? 'empty' : 'none';
}
