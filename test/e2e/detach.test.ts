import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, connect as openSocket, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IS_DEEP } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
import {
  type DeskHome,
  logIn,
  openDeskHome,
  type RunningSandbox,
  startSandboxIn,
} from '../helpers/open-desk-home.js';
import { printCount } from '../helpers/print-count.js';
import { killIfAlive } from '../helpers/processes-of.js';
import { readGreeting } from '../helpers/read-greeting.js';
import { describeWith } from '../helpers/real-components.js';
import { BIN } from '../helpers/run-bin.js';
import { startSshd, type TestSshd } from '../helpers/start-sshd.js';
import { openFilesOf, settledFiles } from '../soak/measure.js';

const DETACH = ['vnc', 'connect', '--detach', '--viewer', 'none'];

let site: DeskHome;
let sandbox: RunningSandbox;
let user: DeskHome;

beforeAll(async () => {
  site = await openDeskHome();
  sandbox = await startSandboxIn(site, 'builtin');
});
beforeEach(async () => {
  user = await openDeskHome();
  await logIn(user, sandbox.description);
});
afterEach(() => user.close());
afterAll(() => site.close());

const recordsFolder = () => join(user.configFolder, 'state', 'tunnels');
const records = () => (existsSync(recordsFolder()) ? readdirSync(recordsFolder()) : []);
const running = () => user.processes().filter(({ argv }) => argv.includes('--detach'));
/** Polled, because the watchdog of an ssh exits shortly after it. */
const nothingLeft = () => records().length === 0 && user.processes().length === 0;

describe('vnc connect --detach', () => {
  it('returns once the desktop has answered and keeps the tunnel running', async () => {
    const ready = await user.json(DETACH);
    expect(ready).toMatchObject({ mode: 'forward', route: 'direct', address: '127.0.0.1' });
    expect(await readGreeting(ready.port)).toBe('RFB 003.008');
    const [tunnel] = await user.json(['tunnels']);
    expect(tunnel).toMatchObject({ ...ready, state: 'connected', failure: null });
    expect(running().map(({ pid }) => pid)).toEqual([tunnel.pid]);
  });

  it('runs in its own session without a controlling terminal', async () => {
    await user.json(DETACH);
    const [{ pid }] = await user.json(['tunnels']);
    // proc_pid_stat(5): fields 6 and 7 are the session and the controlling terminal.
    const [, , , session, terminal] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    expect([session, terminal]).toEqual([String(pid), '0']);
  });

  it('is listed as a table in both languages, as TSV and as a name', async () => {
    const { id, sessionId, port } = await user.json(DETACH);
    const list = async (...words: string[]) => (await user.run(['tunnels', ...words])).stdout;
    const row = (state: string) =>
      new RegExp(`^${id} +${state} +127\\.0\\.0\\.1:${port} +\\d.* +${sessionId}$`, 'm');
    expect(await list('-o', 'table')).toMatch(row('connected'));
    expect(await list('-o', 'table', '--lang', 'zh')).toMatch(row('已连接'));
    expect((await list()).split('\t').slice(2, 4)).toEqual([sessionId, 'forward']);
    expect(await list('-o', 'name')).toBe(`${id}\n`);
  });

  it('a failed tunnel keeps its error in the list and in its log until it is stopped', async () => {
    const { id, port } = await user.json(DETACH);
    // The platform is queried as soon as the desktop has closed a client connection.
    const client = openSocket(port, '127.0.0.1').on('error', () => {});
    await once(client, 'data');
    await user.json(['vnc', 'delete', '--yes']);
    await eventually(async () => (await user.json(['tunnels']))[0]?.state === 'failed');
    const [{ failure }] = await user.json(['tunnels']);
    expect(failure.code).toBe('session.notFound');
    const { stdout } = await user.run(['tunnels', '-o', 'table']);
    expect(stdout).toMatch(new RegExp(`^${id}: no session matches`, 'm'));
    expect(readFileSync(join(recordsFolder(), `${id}.log`), 'utf8')).toContain(
      'no session matches',
    );
    expect(user.processes()).toEqual([]);
    expect(await user.json(['tunnels', 'stop', id])).toEqual({ stopped: [id] });
    await eventually(nothingLeft);
  });

  it('returns the running tunnel when it is run again', async () => {
    const first = await user.json(DETACH);
    expect(await user.json(DETACH)).toEqual(first);
    await eventually(() => running().length === 1);
  });

  it('creates one tunnel for many concurrent runs', async () => {
    const count = IS_DEEP ? 32 : 6;
    const all = await Promise.all(Array.from({ length: count }, () => user.json(DETACH)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    await eventually(() => running().length === 1);
    expect(records().filter((name) => name !== 'lock')).toHaveLength(2);
  });

  it('leaves no process or record after tunnels stop', async () => {
    const { id } = await user.json(DETACH);
    expect(await user.json(['tunnels', 'stop', id.slice(0, 4)])).toEqual({ stopped: [id] });
    await eventually(nothingLeft);
    expect((await user.run(['tunnels', 'stop'])).exitCode).toBe(3);
    expect(await user.json(['tunnels', 'stop', '--all'])).toEqual({ stopped: [] });
  });

  const cycles = IS_DEEP ? 200 : 3;
  it(
    `leaks no process, file or connection in ${cycles} starts and stops`,
    async () => {
      const temporary = join(user.folder, 'tmp');
      mkdirSync(temporary);
      const environment = { TMPDIR: temporary };
      const platform = sandbox.bin.pid;
      const cycle = async () => {
        const { id, port } = await user.json(DETACH, { environment });
        expect(await readGreeting(port)).toBe('RFB 003.008');
        expect(await user.json(['tunnels', 'stop'])).toEqual({ stopped: [id] });
        expect(user.processes()).toEqual([]);
      };
      await cycle();
      const filesBefore = await settledFiles(platform);
      for (let count = 0; count < cycles; count += 1) await cycle();
      await eventually(() => openFilesOf(platform) <= filesBefore);
      expect([readdirSync(temporary), records()]).toEqual([[], []]);
      printCount('background tunnels started and stopped', cycles);
    },
    20 * 60_000,
  );

  it('logout reports the running tunnel and does not stop it', async () => {
    await user.json(DETACH);
    const { stderr } = await user.run(['logout']);
    expect(stderr).toContain('1 tunnel is still running; to stop: hpc-desk tunnels stop --all');
    expect(running()).toHaveLength(1);
  });

  it('doctor reports the running tunnel', async () => {
    const { id } = await user.json(DETACH);
    const { checks } = JSON.parse((await user.run(['doctor', '--json'])).stdout);
    expect(checks.find(({ name }: { name: string }) => name === 'tunnels')).toMatchObject({
      status: 'pass',
      message: `running in the background: ${id}`,
    });
  });

  it('logout removes the login even if a tunnel record is unsafe', async () => {
    await user.json(DETACH);
    mkdirSync(join(recordsFolder(), '0badc0de.json'));
    const { exitCode, stderr } = await user.run(['logout', '--json']);
    expect([exitCode, JSON.parse(stderr).error.code]).toEqual([9, 'store.unsafe']);
    expect((await user.run(['whoami'])).exitCode).toBe(4);
  });

  it('a tunnel killed by SIGKILL is no longer listed, and the next run starts a new one', async () => {
    const first = await user.json(DETACH);
    killIfAlive((await user.json(['tunnels']))[0].pid);
    expect(await eventually(async () => (await user.json(['tunnels'])).length === 0)).toBe(true);
    expect((await user.json(DETACH)).id).not.toBe(first.id);
  });

  it('fails as in the foreground and leaves no process or record', async () => {
    const { exitCode, stdout, stderr } = await user.run([...DETACH, '--no-create', 'nothing']);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain('no session matches “nothing”');
    await eventually(nothingLeft);
  });

  it('creates its log and record with mode 0600 in a folder with mode 0700', async () => {
    await user.json(DETACH);
    const modes = records()
      .filter((name) => name !== 'lock')
      .map((name) => statSync(join(recordsFolder(), name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
    expect(statSync(recordsFolder()).mode & 0o777).toBe(0o700);
  });

  describe('before the desktop has answered', () => {
    let silent: Server;
    let waiting: ChildProcess;

    beforeEach(async () => {
      // A login node that accepts connections and sends nothing.
      silent = createServer();
      silent.listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as { port: number };
      const accepted = once(silent, 'connection');
      const via = ['--route', 'ssh', '--via', `me@127.0.0.1:${port}`];
      waiting = spawn(process.execPath, [BIN, ...DETACH, ...via], {
        env: user.environment,
        stdio: 'ignore',
      });
      await accepted;
      expect(running().length).toBe(2);
    });
    afterEach(() => silent.close());

    it('the background process exits when the waiting one is killed', async () => {
      waiting.kill('SIGKILL');
      await eventually(() => user.processes().length === 0);
    });

    it.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)('%s ends both processes and exits with %i', async (signal, exitCode) => {
      const exited = once(waiting, 'exit');
      waiting.kill(signal);
      expect(await exited).toEqual([exitCode, null]);
      await eventually(nothingLeft);
    });

    it('a second run waits no longer than its own --timeout', async () => {
      await eventually(() => records().includes('lock'));
      const { exitCode, stderr } = await user.run([...DETACH, '--timeout', '2s', '--json']);
      expect([exitCode, JSON.parse(stderr).error.code]).toEqual([9, 'store.locked']);
    });

    it('a background process stopped by SIGSTOP is killed', async () => {
      const exited = once(waiting, 'exit');
      const background = running().find(({ pid }) => pid !== waiting.pid);
      process.kill(background?.pid ?? Number.NaN, 'SIGSTOP');
      waiting.kill('SIGINT');
      expect(await exited).toEqual([130, null]);
      await eventually(() => user.processes().length === 0);
      // The lock may remain: the next run takes over a lock whose holder has exited.
      expect(records().filter((name) => name !== 'lock')).toEqual([]);
    }, 60_000);
  });
});

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a background tunnel through ssh', () => {
  let sshd: TestSshd;
  beforeEach(async () => {
    sshd = await startSshd();
  });
  afterEach(() => sshd.close());
  const detach = (...more: string[]) =>
    user.run([...DETACH, '--via', `${sshd.user}@127.0.0.1:${sshd.port}`, '--json', ...more], {
      environment: { PATH: sshd.environment.PATH },
    });
  const stateOf = async () => (await user.json(['tunnels']))[0]?.state;

  it('is listed as reconnecting while sshd is down, then serves the same port again', async () => {
    const { stdout } = await detach();
    const { port, route } = JSON.parse(stdout);
    expect(route).toBe('ssh');
    const client = openSocket(port, '127.0.0.1').on('error', () => {});
    await once(client, 'data');
    await sshd.stop();
    await eventually(async () => (await stateOf()) === 'reconnecting');
    await sshd.start();
    await eventually(async () => (await stateOf()) === 'connected');
    expect(await readGreeting(port)).toBe('RFB 003.008');
    client.destroy();
  });

  it('never prompts: an unknown host key fails with ssh.hostKey', async () => {
    writeFileSync(sshd.knownHostsFile, '');
    const { exitCode, stderr } = await detach();
    expect(exitCode).toBe(7);
    expect(JSON.parse(stderr).error.code).toBe('ssh.hostKey');
    await eventually(nothingLeft);
  });
});
