import { homedir } from 'node:os';
import type { CompletionWorld } from '../completion/find-candidates.js';

declare const HPC_DESK_VERSION: string;

/** What every run may know of its process, Tab's included. */
export function thisProcess(process: NodeJS.Process): CompletionWorld {
  // Certificates are verified all the same; Node would warn that they are not.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  return {
    environment: process.env,
    platform: process.platform,
    userId: process.geteuid?.(),
    home: homedir(),
    version: HPC_DESK_VERSION,
    now: () => new Date(),
    random: Math.random,
  };
}
