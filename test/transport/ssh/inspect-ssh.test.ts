import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeSsh, findHostKey, findKeys } from '../../../src/transport/ssh/inspect-ssh.js';
import { describeWith } from '../../helpers/real-components.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';

const { signal } = new AbortController();

describeWith(['ssh', 'sshd', 'ssh-keygen', 'ssh-add'], 'with the real OpenSSH', () => {
  let sshd: TestSshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.close());
  const options = () => ({ environment: sshd.environment, home: sshd.folder, signal });

  it('returns the path and version of ssh', async () => {
    const { path, version } = await describeSsh(sshd.environment, signal);
    expect(path).toBe(`${sshd.folder}/bin/ssh`);
    expect(version).toMatch(/^OpenSSH_\d/);
  });

  it('rejects with ssh.missing when PATH has no ssh', async () => {
    await expect(describeSsh({ PATH: '/nowhere' }, signal)).rejects.toMatchObject({
      code: 'ssh.missing',
    });
  });

  it('returns the IdentityFile entries of the configuration, and no agent', async () => {
    expect(await findKeys(sshd.via, options())).toEqual({
      agent: 'none',
      files: [sshd.identityFile],
    });
  });

  it('returns the fingerprint of a known host', async () => {
    const { name, fingerprints, policy } = await findHostKey(sshd.via, options());
    expect(name).toBe(`[127.0.0.1]:${sshd.port}`);
    expect(fingerprints).toEqual([expect.stringMatching(/^ED25519 SHA256:\S{43}$/)]);
    expect(policy).toBe('ask');
  });

  it('returns no fingerprints for an unknown host', async () => {
    writeFileSync(sshd.knownHostsFile, '');
    expect((await findHostKey(sshd.via, options())).fingerprints).toEqual([]);
  });

  it('rejects when its signal is already aborted', async () => {
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(describeSsh(sshd.environment, aborted)).rejects.toThrow('enough');
  });
});
