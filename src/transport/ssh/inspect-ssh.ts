import { existsSync } from 'node:fs';
import { platform } from 'node:process';
import { DeskError } from '../../errors/desk-error.js';
import type { LoginNode } from '../../model/endpoint.js';
import type { AgentState } from '../../model/finding.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { readOutput } from '../process/read-output.js';
import { readEffectiveConfig, type SshQueryOptions } from './effective-config.js';

export type SshFacts = Awaited<ReturnType<typeof describeSsh>>;

/** The ssh that tunnels use. @throws ssh.missing; the signal's reason when aborted. */
export async function describeSsh(environment: Environment, signal: AbortSignal) {
  const path = findProgram('ssh', environment);
  if (path === undefined) throw new DeskError('ssh.missing', { platform });
  // `ssh -V` prints to stderr: its version, a comma, that of the crypto library.
  const { stderr } = await readOutput(path, ['-V'], { environment, signal });
  const [version = ''] = stderr.trim().split(/[,\n]/);
  return {
    path,
    /** `OpenSSH_9.2p1 Debian-2+deb12u7`; empty when unknown. */
    version,
  };
}

export type HostKeyFacts = Awaited<ReturnType<typeof findHostKey>>;

/**
 * Looks up a login node in the user's known_hosts files (`ssh-keygen -F`, which also finds hashed names); no network
 * access.
 *
 * @throws ssh.missing; the signal's reason when aborted.
 */
export async function findHostKey(via: LoginNode, options: SshQueryOptions) {
  const { knownAs, policy, knownHostsFiles } = await readEffectiveConfig(via, options);
  const sshKeygen = findProgram('ssh-keygen', options.environment);
  const files = sshKeygen === undefined ? [] : knownHostsFiles.filter((file) => existsSync(file));
  const outputs = await Promise.all(
    files.map((file) => readOutput(sshKeygen ?? '', ['-l', '-F', knownAs, '-f', file], options)),
  );
  const fingerprints = outputs.flatMap(({ stdout }) => readFingerprints(stdout));
  return {
    name: knownAs,
    /** `ED25519 SHA256:…` of each known key. */
    fingerprints: [...new Set(fingerprints)],
    policy,
  };
}

/** Lines are `NAME TYPE FINGERPRINT`, in older versions `BITS FINGERPRINT NAME (TYPE)`; `#` lines are comments. */
function readFingerprints(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, before = '', fingerprint] = /(\S+) ((?:SHA256|MD5):\S+)/.exec(line) ?? [];
    if (fingerprint === undefined || line.startsWith('#')) return [];
    const type = /\(([\w-]+)\)\s*$/.exec(line)?.[1] ?? before;
    return [`${type} ${fingerprint}`];
  });
}

export type KeyFacts = Awaited<ReturnType<typeof findKeys>>;

/** The keys that ssh can offer to a login node. @throws ssh.missing; the signal's reason when aborted. */
export async function findKeys(via: LoginNode, options: SshQueryOptions) {
  const { identityAgent, identityFiles } = await readEffectiveConfig(via, options);
  const { environment } = options;
  const agentSocket = identityAgent ?? environment.SSH_AUTH_SOCK;
  return {
    /** Number of keys in the agent, or why it offers none. */
    agent: await askAgent({ ...environment, SSH_AUTH_SOCK: agentSocket }, options.signal),
    /** The existing key files among those that ssh would try. */
    files: identityFiles.filter((path) => existsSync(path)),
  };
}

/** `ssh-add -l` exits with 1 when the agent holds no key, with 2 without an agent (ssh-add(1)). */
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
