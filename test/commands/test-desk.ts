import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
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
  /** The JSON result of a command; expects exit code 0 and nothing on stderr. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its command's result.
  json(line: string): Promise<any>;
  /** Stores the sandbox's token. */
  logIn(options?: CliOptions): Promise<CliResult>;
}

/** A sandbox platform over HTTP and a config folder, for one test file. */
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
  const run: Cli = (line, asked) => runCli(line, here(asked));
  return {
    get sandbox() {
      if (sandbox === undefined) throw new Error('the sandbox starts with the first test');
      return sandbox;
    },
    requests,
    folder,
    run,
    start: (line, asked) => startCli(line, here(asked)),
    async json(line) {
      const { exitCode, stdout, stderr } = await run(`${line} --json`);
      expect([exitCode, stderr]).toEqual([0, '']);
      return JSON.parse(stdout);
    },
    logIn(asked) {
      const { apiUrl, platformUrl, token } = this.sandbox.description;
      const urls = ['--api-url', apiUrl, '--platform-url', platformUrl];
      return run(['login', ...urls, '--token-stdin'], {
        stdin: `${token}\n`,
        ...asked,
      });
    },
  };
}
