import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../src/model/session.js';
import { eventually } from '../helpers/eventually.js';
import { freePort } from '../helpers/free-port.js';
import {
  type DeskHome,
  logIn,
  openDeskHome,
  type RunningSandbox,
  startSandboxIn,
} from '../helpers/open-desk-home.js';
import { readGreeting } from '../helpers/read-greeting.js';
import { describeWith } from '../helpers/real-components.js';
import { startSshd, type TestSshd } from '../helpers/start-sshd.js';

describeWith(['Xvnc', 'ssh', 'sshd', 'ssh-keygen'], 'vnc connect through a login node', () => {
  let site: DeskHome;
  let sandbox: RunningSandbox;
  let session: Session;
  let user: DeskHome;
  let sshd: TestSshd;

  beforeAll(async () => {
    site = await openDeskHome();
    sandbox = await startSandboxIn(site, 'xvnc');
  });

  beforeEach(async () => {
    [user, sshd] = await Promise.all([openDeskHome(), startSshd()]);
    await logIn(user, sandbox.description);
    session = await user.json(['vnc', 'create']);
  });

  afterEach(() => Promise.all([user?.close(), sshd?.close()]));
  afterAll(() => site?.close());

  const via = () => `${sshd.user}@127.0.0.1:${sshd.port}`;
  const connect = (...more: string[]) => ['vnc', 'connect', '--via', via(), ...more];
  const withSsh = () => ({ environment: { PATH: sshd.environment.PATH } });
  const programs = () => user.processes().map(({ argv }) => argv[0]?.split('/').at(-1));

  test('forwards the greeting and leaves no ssh process', async () => {
    const running = await user.start(connect('--viewer', 'none', '--json'), withSsh());
    const ready = JSON.parse(running.firstLine);
    expect(ready).toMatchObject({
      mode: 'forward',
      target: `127.0.0.1:${session.port}`,
      route: 'ssh',
      via: via(),
      address: '127.0.0.1',
    });
    expect(await readGreeting(ready.port)).toBe('RFB 003.008');
    expect(await readGreeting(ready.port)).toBe('RFB 003.008');
    expect(sshd.log()).toContain(`target 127.0.0.1 port ${session.port}`);

    running.kill('SIGINT');
    expect(await running.ended).toMatchObject({
      exitCode: 130,
      stdout: `${running.firstLine}\n`,
      stderr: '',
    });
    expect(user.processes()).toEqual([]);
  });

  test('leaves no ssh process when it is killed', async () => {
    const running = await user.start(connect('--viewer', 'none', '--json'), withSsh());
    expect(programs()).toContain('ssh');
    running.kill('SIGKILL');
    await running.ended;
    await eventually(() => user.processes().length === 0);
  });

  test.each([
    [
      'ssh.hostKey',
      'a login node whose key is unknown, with nobody to ask',
      () => rmSync(sshd.knownHostsFile),
    ],
    [
      'ssh.authFailed',
      'a login node that does not take the key',
      () => writeFileSync(join(sshd.folder, 'authorized_keys'), ''),
    ],
  ])('fails with %s for %s', async (code, _situation, spoil) => {
    spoil();
    const result = await user.run(connect('--viewer', 'none', '--json'), withSsh());
    expect(result).toMatchObject({ exitCode: 7, stdout: '' });
    expect(JSON.parse(result.stderr).error).toMatchObject({ code, family: 'connection' });
    // The watchdog exits shortly after ssh.
    await eventually(() => user.processes().length === 0);
  });

  test('prints an ssh command that opens the same tunnel in a shell', async () => {
    const port = await freePort();
    const print = connect('--print', '--viewer', 'none', '--local-port', String(port));
    const { stdout } = await user.run([...print, '--field', 'commands.posix'], withSsh());
    const line = stdout.trimEnd();
    expect(line).toMatch(/^ssh -N -L \S+ /);
    const { commands, tunnel, viewer, target } = await user.json(print, withSsh());
    expect(commands.posix).toEqual([line]);
    expect(tunnel.argv.slice(0, 4)).toEqual([
      ...['ssh', '-N', '-L'],
      `127.0.0.1:${port}:127.0.0.1:${session.port}`,
    ]);
    expect({ viewer, target }).toEqual({
      viewer: null,
      target: { host: '127.0.0.1', port: session.port },
    });
    expect(sshd.connections()).toEqual([]);

    spawn('sh', ['-c', line], {
      env: { ...user.environment, PATH: sshd.environment.PATH },
      stdio: 'ignore',
    });
    const greeting = () => readGreeting(port);
    expect(await eventually(greeting)).toBe('RFB 003.008');
  });
});
