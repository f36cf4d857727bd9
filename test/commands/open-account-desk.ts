import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { StoredLogin } from '../../src/model/login.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/start-sandbox.js';
import { createManualClock, type ManualClock } from '../helpers/manual-clock.js';
import {
  type CliOptions,
  type CliResult,
  type RunningCli,
  runCli,
  startCli,
} from '../helpers/run-cli.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';

export interface AccountDesk extends Pick<Sandbox, 'description' | 'faults' | 'sessions'> {
  /** The clock of both the sandbox and the program. */
  readonly clock: ManualClock;
  readonly folder: string;
  /** Method and path of every request since the array was last emptied, as by `logIn`. */
  readonly requests: string[];
  run(line: string, options?: CliOptions): Promise<CliResult>;
  start(line: string, options?: CliOptions): RunningCli;
  /** Logs in with the sandbox credentials, and throws on failure. */
  logIn(by?: 'key' | 'password' | 'token', extra?: string): Promise<CliResult>;
  /** The entry of a profile in the credentials file. */
  stored(profile?: string): StoredLogin;
  /** Changes the entry of the default profile. */
  rewrite(change: (login: StoredLogin) => object): void;
  /** Stops the sandbox and keeps the folder. */
  endSandbox(): Promise<void>;
  close(): Promise<void>;
}

const open: AccountDesk[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((desk) => desk.close()));
});

/** Opens a sandbox and a folder for one test; their clock advances only through `sleep` and `advance`. */
export async function openAccountDesk(options: Partial<SandboxOptions> = {}): Promise<AccountDesk> {
  const clock = createManualClock();
  const requests: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-account-'));
  const file = join(folder, 'credentials.json');
  const sandbox = await startTestSandbox({
    now: clock.now,
    onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
    ...options,
  });
  const { description, faults, sessions } = sandbox;
  const { user, accessKey, secretKey, orgId, password, token, apiUrl } = description;
  const here = (asked: CliOptions = {}): CliOptions => ({
    now: clock.now,
    sleep: clock.sleep,
    ...asked,
    environment: { HPC_DESK_CONFIG_DIR: folder, ...asked.environment },
  });
  const urls = `--platform-url ${description.platformUrl} --auth-url ${description.authUrl}`;
  const ways = {
    key: [`${urls} --user ${user} --access-key ${accessKey} --secret-key-stdin`, secretKey],
    password: [`${urls} --user ${user} --org-id ${orgId} --password-stdin`, password],
    token: [`--api-url ${apiUrl} --token-stdin`, token],
  } as const;
  const account: AccountDesk = {
    description,
    faults,
    sessions,
    clock,
    folder,
    requests,
    run: (line, asked) => runCli(line, here(asked)),
    start: (line, asked) => startCli(line, here(asked)),
    async logIn(by = 'key', extra = '') {
      const [line, stdin] = ways[by];
      const result = await account.run(`login ${line} ${extra}`, { stdin: `${stdin}\n` });
      if (result.exitCode !== 0) throw new Error(JSON.stringify(result));
      requests.length = 0;
      return result;
    },
    stored: (profile = 'default') => JSON.parse(readFileSync(file, 'utf8')).profiles[profile],
    rewrite(change) {
      writeFileSync(file, JSON.stringify({ profiles: { default: change(account.stored()) } }));
    },
    endSandbox: sandbox.close,
    async close() {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  open.push(account);
  return account;
}

export const REQUESTS = {
  keyLogin: 'POST /api/user/v3/tokens',
  passwordLogin: 'POST /ac/openapi/v2/tokens',
  center: 'GET /ac/openapi/v2/center',
  renewal: 'POST /ac/openapi/v2/tokens/next',
  state: 'GET /ac/openapi/v2/tokens/state',
  cluster: 'GET /hpc/openapi/v2/cluster',
  list: 'GET /hpc/openapi/v2/desktop/vnc',
  create: 'PUT /hpc/openapi/v2/desktop/vnc',
} as const;
