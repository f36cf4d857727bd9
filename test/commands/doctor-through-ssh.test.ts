import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DoctorResult } from '../../src/commands/doctor.js';
import type { DoctorCheck } from '../../src/commands/doctor-report.js';
import type { CheckName } from '../../src/model/finding.js';
import type { SandboxDescription } from '../../src/sandbox/start-sandbox.js';
import { eventually } from '../helpers/eventually.js';
import { freePort } from '../helpers/free-port.js';
import { describeWith } from '../helpers/real-components.js';
import { type RunningCli, runCli, startCli } from '../helpers/run-cli.js';
import { startSshd, type TestSshd } from '../helpers/start-sshd.js';

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'doctor through a real login node', () => {
  let sandbox: RunningCli;
  let place: SandboxDescription;
  let sshd: TestSshd;
  let knownHosts: string;
  let identity: string;

  beforeAll(async () => {
    sandbox = startCli('sandbox --desktop builtin --json');
    place = JSON.parse(await sandbox.ready);
    sshd = await startSshd();
    knownHosts = readFileSync(sshd.knownHostsFile, 'utf8');
    identity = readFileSync(sshd.identityFile, 'utf8');
  });

  afterAll(async () => {
    await sshd.close();
    sandbox.send('SIGINT');
    await sandbox.ended;
  });

  beforeEach(() => {
    writeFileSync(sshd.knownHostsFile, knownHosts);
    writeFileSync(sshd.identityFile, identity);
  });

  async function examine(via = `${sshd.user}@127.0.0.1:${sshd.port}`): Promise<DoctorResult> {
    const { stdout } = await runCli(`doctor --json --via ${via}`, { environment: environment() });
    return JSON.parse(stdout);
  }

  const environment = () => ({
    PATH: sshd.environment.PATH,
    HPC_DESK_API_URL: place.apiUrl,
    HPC_DESK_PLATFORM_URL: place.platformUrl,
    HPC_DESK_TOKEN: place.token,
  });

  it('logs in with the right key, and needs no session', async () => {
    const result = await examine();
    expect(pick(result, 'keys', 'hostKey', 'loginNode', 'nodePort')).toEqual([
      'pass keys.found',
      'pass hostKey.known',
      'pass loginNode.open',
      'skip session.none',
    ]);
    await eventually(() => sshd.connections().length === 0);
  });

  it('reaches a session through the login node', async () => {
    await runCli('vnc create', { environment: environment() });
    try {
      const result = await examine();
      expect(pick(result, 'loginNode', 'nodePort', 'rfb')).toEqual([
        'pass loginNode.open',
        'pass nodePort.open',
        'pass rfb.greets',
      ]);
    } finally {
      await runCli('vnc delete --yes', { environment: environment() });
    }
  });

  it('reports an unknown host key, and suggests the ssh command that accepts it', async () => {
    writeFileSync(sshd.knownHostsFile, '');
    const result = await examine();
    expect(failed(result)).toEqual(['hostKey']);
    expect(pick(result, 'hostKey', 'loginNode')).toEqual(['fail hostKey.unknown', 'skip blocked']);
    expect(checkOf(result, 'hostKey').hint).toContain(`ssh -p ${sshd.port} ${sshd.user}@127.0.0.1`);
    expect(readFileSync(sshd.knownHostsFile, 'utf8')).toBe('');
  });

  it('reports a changed host key', async () => {
    const other = join(sshd.folder, `other-host-${await freePort()}`);
    makeKey(other);
    const key = readFileSync(`${other}.pub`, 'utf8');
    writeFileSync(sshd.knownHostsFile, `[127.0.0.1]:${sshd.port} ${key}`);
    const result = await examine();
    expect(failed(result)).toEqual(['hostKey']);
    expect(pick(result, 'hostKey')).toEqual(['fail hostKey.changed']);
  });

  it('reports a login node that accepts none of the keys', async () => {
    const other = join(sshd.folder, `other-key-${await freePort()}`);
    makeKey(other);
    writeFileSync(sshd.identityFile, readFileSync(other));
    const result = await examine();
    expect(failed(result)).toEqual(['loginNode']);
    expect(pick(result, 'loginNode')).toEqual(['fail loginNode.refuses']);
  });

  describe('with --identity', () => {
    let key: string;

    beforeEach(() => {
      const name = `${sshd.user}_127.0.0.1_RsaKeyExpireTime_2099-01-01_00-00-00.txt`;
      key = join(sshd.folder, name);
      writeFileSync(key, identity, { mode: 0o600 });
      chmodSync(key, 0o600);
      // The default identity of ssh is not authorized.
      const other = join(sshd.folder, `unknown-key-${process.hrtime.bigint()}`);
      makeKey(other);
      writeFileSync(sshd.identityFile, readFileSync(other));
    });

    it('logs in with the key, as the user in its file name', async () => {
      expect(pick(await examine(`127.0.0.1:${sshd.port}`), 'loginNode')).toEqual([
        'fail loginNode.refuses',
      ]);
      const result = await examine(`127.0.0.1:${sshd.port} --identity ${key}`);
      expect(pick(result, 'keys', 'loginNode')).toEqual(['pass keys.named', 'pass loginNode.open']);
      expect(checkOf(result, 'loginNode').message).toContain(`${sshd.user}@127.0.0.1`);
    });

    it('reports a key that others can read, and suggests commands with its path', async () => {
      chmodSync(key, 0o644);
      const result = await examine(`127.0.0.1:${sshd.port} --identity ${key}`);
      expect(failed(result)).toEqual(['keys', 'loginNode']);
      expect(checkOf(result, 'keys').hint).toBe(`chmod 600 ${key}`);
      expect(checkOf(result, 'loginNode').hint).toContain(`ssh -i ${key} -p ${sshd.port} `);
    });
  });

  it('reports a login node that refuses connections', async () => {
    const port = await freePort();
    writeFileSync(sshd.knownHostsFile, knownHosts.replace(`:${sshd.port}`, `:${port}`));
    const result = await examine(`${sshd.user}@127.0.0.1:${port}`);
    expect(failed(result)).toEqual(['loginNode']);
    expect(checkOf(result, 'loginNode').message).toMatch(/refused/i);
  });

  it('reports a login node that forbids forwarding', async () => {
    const closed = await startSshd({ serverConfig: ['AllowTcpForwarding no'] });
    try {
      await runCli('vnc create', { environment: environment() });
      const words = `doctor --json --via ${closed.user}@127.0.0.1:${closed.port}`;
      const variables = { ...environment(), PATH: closed.environment.PATH };
      const result = JSON.parse((await runCli(words, { environment: variables })).stdout);
      expect(failed(result)).toEqual(['nodePort']);
      expect(pick(result, 'nodePort')).toEqual(['fail nodePort.noForwarding']);
    } finally {
      await runCli('vnc delete --yes', { environment: environment() });
      await closed.close();
    }
  });
});

function makeKey(path: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
}

function checkOf(result: DoctorResult, name: CheckName): DoctorCheck {
  const check = result.checks.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`no check ${name}`);
  return check;
}

function pick(result: DoctorResult, ...names: CheckName[]): string[] {
  return names.map((name) => {
    const { status, code } = checkOf(result, name);
    return `${status} ${code}`;
  });
}

/** The failed ssh checks; the other checks may time out and are not tested here. */
function failed({ checks }: DoctorResult): string[] {
  const ours: readonly CheckName[] = ['keys', 'hostKey', 'loginNode', 'nodePort'];
  return ours.filter((name) => checks.some((one) => one.name === name && one.status === 'fail'));
}
