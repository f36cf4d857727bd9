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

  it('tells path and version', async () => {
    const { path, version } = await describeSsh(sshd.environment, signal);
    expect(path).toBe(`${sshd.folder}/bin/ssh`);
    expect(version).toMatch(/^OpenSSH_\d/);
  });

  it('says that there is none', async () => {
    await expect(describeSsh({ PATH: '/nowhere' }, signal)).rejects.toMatchObject({
      code: 'ssh.missing',
    });
  });

  it('finds the key files that the configuration names, and no agent', async () => {
    expect(await findKeys(sshd.via, options())).toEqual({
      agent: 'none',
      files: [sshd.identityFile],
    });
  });

  it('finds the fingerprint of a host that is known', async () => {
    const { name, fingerprints, policy } = await findHostKey(sshd.via, options());
    expect(name).toBe(`[127.0.0.1]:${sshd.port}`);
    expect(fingerprints).toEqual([expect.stringMatching(/^ED25519 SHA256:\S{43}$/)]);
    expect(policy).toBe('ask');
  });

  it('finds nothing for a host that is not known', async () => {
    writeFileSync(sshd.knownHostsFile, '');
    expect((await findHostKey(sshd.via, options())).fingerprints).toEqual([]);
  });
});

it('ends what it started when it is aborted', async () => {
  const abort = new AbortController();
  abort.abort(new Error('enough'));
  const looking = describeSsh({ PATH: '/usr/bin:/bin' }, abort.signal);
  await expect(looking).rejects.toThrow(/enough|ssh.missing/);
});
