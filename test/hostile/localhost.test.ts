import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../helpers/real-components.js';
import { BIN } from '../helpers/run-bin.js';

// Root can bind-mount another file over /etc/hosts, in its own mount and network namespaces.
const mayMount = spawnSync('unshare', ['-mn', 'true']).status === 0;

describeWith(['unshare', 'ip'], 'localhost', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-hosts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const createAt = (hosts: string, url: string) =>
    new Promise<string>((resolve) => {
      const file = join(folder, 'hosts');
      writeFileSync(file, hosts);
      const script = 'ip link set lo up && mount --bind "$1" /etc/hosts && shift && exec "$@"';
      const words = ['-mn', 'sh', '-c', script, 'sh', file, process.execPath, BIN, 'vnc', 'create'];
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        HPC_DESK_LANG: 'en',
        HPC_DESK_TOKEN: 'a.b.c',
        HPC_DESK_API_URL: url,
      };
      execFile('unshare', words, { env }, (_, __, stderr) => resolve(stderr));
    });

  it.skipIf(!mayMount).each([
    // Nothing listens on the port and there is no network; the error shows which address was chosen.
    ['127.0.0.1 localhost', 'ECONNREFUSED'],
    ['192.0.2.1 localhost', 'ENOTFOUND'],
    ['192.0.2.1 localhost\n127.0.0.1 localhost', 'ECONNREFUSED'],
  ])('with %j in the hosts file fails with %s', async (hosts, reason) => {
    expect(await createAt(`${hosts}\n`, 'http://localhost:9')).toContain(`(${reason})`);
  });
});
