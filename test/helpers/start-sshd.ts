import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type LoginNode, parseLoginNode } from '../../src/model/endpoint.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { childrenOf, killIfAlive } from './processes-of.js';
import { findReal } from './real-components.js';

export interface TestSshd {
  readonly port: number;
  readonly user: string;
  readonly via: LoginNode;
  readonly folder: string;
  readonly identityFile: string;
  readonly knownHostsFile: string;
  /** The client's configuration; read by the `ssh` of `environment` at every start. */
  readonly configFile: string;
  /** Its PATH begins with an `ssh` wrapper that runs the real one with `-F configFile`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The log of sshd so far. */
  log(): string;
  /** Pids of the open connections. */
  connections(): readonly number[];
  /** Kills it and all connections, as if the login node lost power. */
  stop(): Promise<void>;
  /** Restarts it on the same port after `stop`. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface SshdOptions {
  /** Lines put before ours in sshd_config. */
  readonly serverConfig?: readonly string[];
  /** Arguments put before those of the caller, which they override. */
  readonly clientArguments?: readonly string[];
  readonly passphrase?: string;
}

/** Starts an OpenSSH server on 127.0.0.1 with its own keys and configuration; needs `ssh`, `sshd`, `ssh-keygen`. */
export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-sshd-'));
  const at = (name: string) => join(folder, name);
  const user = userInfo().username;
  makeKey(at('host_key'), '');
  makeKey(at('identity'), options.passphrase ?? '');
  copyFileSync(at('identity.pub'), at('authorized_keys'));
  // The privilege separation directory, which the system creates when it starts its own sshd.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });

  const port = await freePort();
  writeFileSync(
    at('sshd_config'),
    `${[
      ...(options.serverConfig ?? []),
      'ListenAddress 127.0.0.1',
      `Port ${port}`,
      `HostKey ${at('host_key')}`,
      `AuthorizedKeysFile ${at('authorized_keys')}`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'LogLevel DEBUG1',
    ].join('\n')}\n`,
  );
  writeFileSync(
    at('ssh_config'),
    `${[
      `IdentityFile ${at('identity')}`,
      'IdentitiesOnly yes',
      'IdentityAgent none',
      `UserKnownHostsFile ${at('known_hosts')}`,
      'GlobalKnownHostsFile /dev/null',
    ].join('\n')}\n`,
  );
  writeFileSync(
    at('known_hosts'),
    `[127.0.0.1]:${port} ${readFileSync(at('host_key.pub'), 'utf8')}`,
  );
  const more = options.clientArguments ?? [];
  mkdirSync(at('bin'));
  writeFileSync(
    at('bin/ssh'),
    `#!/bin/sh\nexec '${findReal('ssh')}' -F '${at('ssh_config')}' ${more.join(' ')} "$@"\n`,
  );
  chmodSync(at('bin/ssh'), 0o755);

  // Unlike a pipe, a file can be read at any time.
  writeFileSync(at('log'), '');
  const log = () => readFileSync(at('log'), 'utf8');
  let sshd = await listen();

  async function listen() {
    const from = log().length;
    const logFile = openSync(at('log'), 'a');
    // sshd re-executes itself for each connection, which requires an absolute path.
    const child = spawn(findReal('sshd') ?? 'sshd', ['-D', '-e', '-f', at('sshd_config')], {
      stdio: ['ignore', 'ignore', logFile],
    });
    closeSync(logFile);
    const exited = once(child, 'exit');
    const failed = exited.then(() => Promise.reject(new Error(`sshd did not start: ${log()}`)));
    failed.catch(() => {});
    const isListening = () => log().slice(from).includes('Server listening on');
    await Promise.race([eventually(isListening), failed]);
    return { pid: child.pid ?? 0, exited, kill: () => child.kill('SIGKILL') };
  }

  const connections = () => childrenOf(sshd.pid);
  async function stop(): Promise<void> {
    const open = connections();
    sshd.kill();
    await sshd.exited;
    for (const pid of open) killIfAlive(pid);
  }

  const via = parseLoginNode(`${user}@127.0.0.1:${port}`);
  if (via === undefined) throw new Error(`no login node: ${user}`);
  return {
    port,
    user,
    via,
    folder,
    identityFile: at('identity'),
    knownHostsFile: at('known_hosts'),
    configFile: at('ssh_config'),
    environment: {
      ...process.env,
      PATH: `${at('bin')}:${process.env.PATH}`,
      DISPLAY: undefined,
      SSH_AUTH_SOCK: undefined,
    },
    log,
    connections,
    stop,
    start: async () => {
      sshd = await listen();
    },
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeKey(path: string, passphrase: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'test', '-f', path]);
}
