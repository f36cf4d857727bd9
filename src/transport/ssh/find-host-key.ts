import { existsSync } from 'node:fs';
import type { LoginNode } from '../../model/endpoint.js';
import { findProgram } from '../process/find-program.js';
import { readOutput } from '../process/read-output.js';
import { type LookOptions, readEffectiveConfig } from './effective-config.js';

export interface HostKeyFacts {
  /** What known_hosts files call it: `host`, `[host]:port` or an alias. */
  readonly name: string;
  /** `ED25519 SHA256:…` of each key that is known for it. */
  readonly fingerprints: readonly string[];
  /** `StrictHostKeyChecking` in force (ssh_config(5)). */
  readonly policy: string;
}

/**
 * What the user's known_hosts files say of a login node (`ssh-keygen -F`, which finds hashed names too); asks nobody on
 * the network.
 *
 * @throws ssh.missing; the signal's reason when aborted.
 */
export async function findHostKey(via: LoginNode, options: LookOptions): Promise<HostKeyFacts> {
  const { knownAs, policy, knownHostsFiles } = await readEffectiveConfig(via, options);
  const sshKeygen = findProgram('ssh-keygen', options.environment);
  const files = sshKeygen === undefined ? [] : knownHostsFiles.filter((file) => existsSync(file));
  const outputs = await Promise.all(
    files.map((file) => readOutput(sshKeygen ?? '', ['-l', '-F', knownAs, '-f', file], options)),
  );
  const fingerprints = outputs.flatMap(({ stdout }) => readFingerprints(stdout));
  return { name: knownAs, fingerprints: [...new Set(fingerprints)], policy };
}

/** `NAME TYPE FINGERPRINT` below a comment with the place; older ones write `BITS FINGERPRINT NAME (TYPE)`. */
function readFingerprints(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, before = '', fingerprint] = /(\S+) ((?:SHA256|MD5):\S+)/.exec(line) ?? [];
    if (fingerprint === undefined || line.startsWith('#')) return [];
    const type = /\(([\w-]+)\)\s*$/.exec(line)?.[1] ?? before;
    return [`${type} ${fingerprint}`];
  });
}
