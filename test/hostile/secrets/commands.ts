import { PLANTED, type SecretName } from './sentinels.js';

/** One command line of the matrix. `{urls}` are the platform URL options; `{folder}` is searched for leaks. */
export interface CommandRow {
  readonly line: string;
  readonly stdin?: string;
  /** Whether it contacts the platform; the others run only on paths with `isForAll`. */
  readonly isOnline?: true;
  /** Stopped by a signal once it reports that it is ready. */
  readonly stays?: true;
  /** Secrets that belong on stdout: those in the link that the command prints. */
  readonly prints?: readonly SecretName[];
}

const online = (line: string, more: Partial<CommandRow> = {}): CommandRow => ({
  line,
  isOnline: true,
  ...more,
});

export const COMMANDS: readonly CommandRow[] = [
  online('login {urls} --token-stdin', { stdin: PLANTED.token }),
  online(`login {urls} --user test --access-key ${PLANTED.accessKey} --secret-key-stdin`, {
    stdin: PLANTED.secretKey,
  }),
  online(`login {urls} --user t --access-key ${PLANTED.accessKey} --secret-key-stdin --remember`, {
    stdin: PLANTED.secretKey,
  }),
  online('login {urls} --user test --org-id 1 --password-stdin', { stdin: PLANTED.password }),
  online('whoami'),
  online('whoami --verify'),
  online('doctor --viewer none'),
  online('doctor --viewer none --report {folder}/report.txt'),
  online('vnc create --allow-target'),
  online('vnc list --allow-target'),
  online('vnc show --allow-target'),
  online('vnc connect --allow-target --no-create --viewer none --route direct', { stays: true }),
  online('vnc connect --allow-target --no-create --print --viewer none --route direct'),
  online('vnc screenshot --allow-target --route direct --file {folder}/picture.png'),
  online('vnc check --allow-target --route direct'),
  online('vnc open --allow-target --no-open', { prints: ['pageSecret'] }),
  online('vnc delete test-1 --allow-target --yes'),
  online('clusters'),
  online('clusters use 1'),
  { line: 'logout' },
  { line: 'logout --all' },
  { line: 'viewers' },
  { line: 'config list' },
  { line: 'config get apiUrl' },
  { line: 'config set timeout 30s' },
  { line: 'config unset timeout' },
  { line: 'config path' },
  { line: 'completion bash' },
  { line: 'help environment' },
  { line: 'sandbox --desktop builtin', stays: true },
  { line: `login --token ${PLANTED.token}` },
  { line: `login --password=${PLANTED.password}` },
  { line: `vnc connect --vnc-password ${PLANTED.vncPassword}` },
];

/** Every option that makes a run print more or less. */
export const VERBOSITIES: readonly { flags: string; environment?: Record<string, string> }[] = [
  { flags: '' },
  { flags: '--json' },
  { flags: '--debug' },
  { flags: '--lang zh', environment: { HPC_DESK_DEBUG: 'api' } },
  { flags: '--quiet' },
];
