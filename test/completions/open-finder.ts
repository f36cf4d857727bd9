import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { formatCandidates } from '../../src/cli/completion/complete.js';
import { findCandidates } from '../../src/cli/completion/find-candidates.js';
import type { CompletionProcess } from '../../src/cli/run/process-context.js';
import type { LiveValues } from '../../src/model/command-tree.js';
import { type ScriptedServer, type Step, startScriptedServer } from '../helpers/scripted-server.js';

export const NOW = new Date('2026-11-24T12:00:00.000Z');

/** The words, time and environment of a completion request. */
export interface Asked {
  readonly words: string;
  readonly now: Date;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Finder {
  /** The folder of the settings and credentials; it does not exist initially. */
  readonly folder: string;
  readonly server: ScriptedServer | undefined;
  listen(...scripts: readonly (readonly Step[])[]): Promise<ScriptedServer>;
  /** The output for the shell; rejects where the program would print nothing. */
  find(kind: LiveValues, asked?: Partial<Asked>): Promise<string>;
}

/** Handles completion requests in this process, with a new folder for each test. */
export function openFinder(): Finder {
  let home = '';
  let server: ScriptedServer | undefined;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hpc-desk-find-'));
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    rmSync(home, { recursive: true });
  });
  return {
    get folder() {
      return join(home, 'config');
    },
    get server() {
      return server;
    },
    async listen(...scripts) {
      server = await startScriptedServer(...scripts);
      return server;
    },
    async find(kind, { words = '', now = NOW, environment = {} } = {}) {
      const processContext: CompletionProcess = {
        environment: { HPC_DESK_CONFIG_DIR: join(home, 'config'), ...environment },
        platform: process.platform,
        userId: process.geteuid?.(),
        home,
        version: '0.0.0-test',
        now: () => now,
        random: () => 0,
      };
      return formatCandidates(await findCandidates(kind, words.split(' '), processContext));
    },
  };
}
