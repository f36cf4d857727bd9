import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RequestRecord } from '../../src/sandbox/http-server.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/start-sandbox.js';
import {
  type CliOptions,
  type CliResult,
  type RunningCli,
  runCli,
  startCli,
} from '../helpers/run-cli.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';

type Cli = (line: string | readonly string[], options?: CliOptions) => Promise<CliResult>;

export interface TestDesk {
  readonly sandbox: Sandbox;
  /** Every request since the sandbox started. */
  readonly requests: RequestRecord[];
  /** Where settings and credentials are kept; shared by every run. */
  readonly folder: string;
  readonly run: Cli;
  readonly start: (line: string | readonly string[], options?: CliOptions) => RunningCli;
  /** Stores the sandbox's token. */
  logIn(options?: CliOptions): Promise<CliResult>;
}

/** A real platform on the wire and a folder to log in from, for one file of tests. */
export function openTestDesk(options: Partial<SandboxOptions> = {}): TestDesk {
  let sandbox: Sandbox | undefined;
  const requests: RequestRecord[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-commands-'));

  beforeAll(async () => {
    sandbox = await startTestSandbox({
      onRequest: (record) => requests.push(record),
      ...options,
    });
  });
  afterAll(async () => {
    await sandbox?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const here = (asked: CliOptions = {}): CliOptions => ({
    ...asked,
    environment: { HPC_DESK_CONFIG_DIR: folder, ...asked.environment },
  });
  return {
    get sandbox() {
      if (sandbox === undefined) throw new Error('the sandbox starts with the first test');
      return sandbox;
    },
    requests,
    folder,
    run: (line, asked) => runCli(line, here(asked)),
    start: (line, asked) => startCli(line, here(asked)),
    logIn(asked) {
      const { apiUrl, platformUrl, token } = this.sandbox.description;
      const urls = ['--api-url', apiUrl, '--platform-url', platformUrl];
      return this.run(['login', ...urls, '--token-stdin'], {
        stdin: `${token}\n`,
        ...asked,
      });
    },
  };
}
