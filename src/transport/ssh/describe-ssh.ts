import { platform } from 'node:process';
import { DeskError } from '../../errors/desk-error.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { readOutput } from '../process/read-output.js';

export interface SshFacts {
  readonly path: string;
  /** `OpenSSH_9.2p1 Debian-2+deb12u7`; empty when it does not tell. */
  readonly version: string;
}

/** The ssh that a tunnel would use. @throws ssh.missing; the signal's reason when aborted. */
export async function describeSsh(
  environment: Environment,
  signal: AbortSignal,
): Promise<SshFacts> {
  const path = findProgram('ssh', environment);
  if (path === undefined) throw new DeskError('ssh.missing', { platform });
  // The version goes to stderr, with that of the crypto library behind a comma.
  const { stderr } = await readOutput(path, ['-V'], { environment, signal });
  const [version = ''] = stderr.trim().split(/[,\n]/);
  return { path, version };
}
