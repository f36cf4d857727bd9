import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { findFreePort } from './find-free-port.mjs';
import { waitForLine } from './wait-for-line.mjs';

/**
 * Starts an OpenSSH server and creates an `ssh` wrapper that trusts its key; the caller ends the server.
 *
 * @param prefix - Command prefix for the server, such as `ip netns exec`.
 * @param logInS - Duration of a login; the server looks up a key twice.
 */
export async function startSshd(folder, { host = '127.0.0.1', prefix = [], logInS = 0 } = {}) {
  const at = (name) => path.join(folder, name);
  const real = (name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
  const makeKey = (name) =>
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
  for (const name of ['host_key', 'identity']) makeKey(name);
  const { username, uid } = userInfo();
  // The privilege separation directory, which the system creates when it starts its own sshd.
  if (uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await findFreePort();
  const serverConfig = [
    `ListenAddress ${host}`,
    `Port ${port}`,
    `HostKey ${at('host_key')}`,
    ...(logInS > 0
      ? [
          'AuthorizedKeysFile none',
          `AuthorizedKeysCommand /bin/sh -c "sleep ${logInS / 2}; cat ${at('identity.pub')}"`,
          'AuthorizedKeysCommandUser root',
        ]
      : [`AuthorizedKeysFile ${at('identity.pub')}`]),
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
  ];
  const clientConfig = [
    'Host bench',
    `HostName ${host}`,
    `Port ${port}`,
    `User ${username}`,
    'Host *',
    `IdentityFile ${at('identity')}`,
    'IdentitiesOnly yes',
    'IdentityAgent none',
    `UserKnownHostsFile ${at('known_hosts')}`,
    'GlobalKnownHostsFile /dev/null',
  ];
  await writeFile(at('sshd_config'), `${serverConfig.join('\n')}\n`);
  await writeFile(at('ssh_config'), `${clientConfig.join('\n')}\n`);
  const hostKey = await readFile(at('host_key.pub'), 'utf8');
  await writeFile(at('known_hosts'), `[${host}]:${port} ${hostKey}`);
  await mkdir(at('bin'), { recursive: true });
  const ssh = at('bin/ssh');
  const script = `#!/bin/sh\nexec '${real('ssh')}' -F '${at('ssh_config')}' "$@"\n`;
  await writeFile(ssh, script, { mode: 0o755 });

  // sshd re-executes itself for each connection, which requires an absolute path.
  const [file, ...argv] = [...prefix, real('sshd'), '-D', '-e', '-f', at('sshd_config')];
  const sshd = spawn(file, argv, {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await waitForLine(sshd.stderr, 'Server listening');
  return { sshd, ssh, via: `${username}@${host}:${port}` };
}
