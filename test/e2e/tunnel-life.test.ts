import { once } from 'node:events';
import { connect as openSocket, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeWindow } from '../helpers/close-window.js';
import { IS_DEEP } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
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
import { startXServer, type XServer } from '../transport/viewer/x-server.js';

const SSH = ['Xvnc', 'ssh', 'sshd', 'ssh-keygen'];

let site: DeskHome;
let sandbox: RunningSandbox;
let user: DeskHome;
let sshd: TestSshd;
const sockets: Socket[] = [];

beforeAll(async () => {
  site = await openDeskHome();
  sandbox = await startSandboxIn(site, 'xvnc');
});

beforeEach(async () => {
  [user, sshd] = await Promise.all([openDeskHome(), startSshd()]);
  await logIn(user, sandbox.description);
  await user.json(['vnc', 'create']);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  // Xvnc soon blocks clients that never complete the handshake, so each test has its own desktop.
  await user?.json(['vnc', 'delete', '--yes']);
  await Promise.all([user?.close(), sshd?.close()]);
});

afterAll(() => site?.close());

const connect = (...more: string[]) => [
  ...['vnc', 'connect', '--via', `${sshd.user}@127.0.0.1:${sshd.port}`],
  ...more,
];
const withSsh = (more: Record<string, string> = {}) => ({
  environment: { PATH: sshd.environment.PATH, ...more },
});

async function openPort() {
  const running = await user.start(connect('--viewer', 'none', '--field', 'port'), withSsh());
  return { running, port: Number(running.firstLine) };
}

/** Connects a client that stays connected; resolves after the RFB greeting. */
async function attach(port: number): Promise<Socket> {
  const socket = openSocket(port, '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  await once(socket, 'data');
  return socket;
}

describeWith(SSH, 'a login node that goes down and comes back', () => {
  test('is reconnected on the same port, with messages on stderr', async () => {
    const { running, port } = await openPort();
    const client = await attach(port);
    await sshd.stop();
    await once(client, 'close');
    await sshd.start();
    const greeting = () => readGreeting(port);
    expect(await eventually(greeting)).toBe('RFB 003.008');
    running.kill('SIGINT');
    const { exitCode, stdout, stderr } = await running.ended;
    expect([exitCode, stdout]).toEqual([130, `${port}\n`]);
    expect(stderr).toContain('A viewer is connected.\nConnection lost: ');
    expect(stderr).toContain('\nReconnecting in 1 s (attempt 1)\n');
    expect(stderr).toContain('\nReconnected at the same address.\n');
    expect(user.processes()).toEqual([]);
  });

  test('is reconnected without waiting for a client', async () => {
    const { running, port } = await openPort();
    const client = await attach(port);
    await sshd.stop();
    await once(client, 'close');
    await sshd.start();
    await eventually(() => sshd.connections().length === 1);
    running.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ exitCode: 143 });
  });
});

/** Brings a connection into the state in which it gets the signal. */
const STATES = {
  greeted: async () => {},
  inUse: async (port: number) => void (await attach(port)),
  idle: async (port: number) => {
    const client = await attach(port);
    client.destroy();
    await once(client, 'close');
  },
  waiting: async (port: number) => {
    const client = await attach(port);
    await sshd.stop();
    await once(client, 'close');
  },
};

describeWith(SSH, 'a signal', () => {
  /** In quick runs, the lifecycle tests cover these. */
  const TRIED = [
    ['SIGINT', 'waiting', 130],
    ['SIGTERM', 'inUse', 143],
    ['SIGTERM', 'waiting', 143],
    ['SIGHUP', 'inUse', 129],
    ['SIGKILL', 'inUse', null],
    ['SIGKILL', 'waiting', null],
  ] as const;

  test.each([
    ['SIGINT', 'greeted', 130],
    ['SIGHUP', 'idle', 129],
    ['SIGQUIT', 'inUse', null],
    ['SIGABRT', 'greeted', null],
    ['SIGALRM', 'idle', null],
    ['SIGSEGV', 'inUse', null],
    ['SIGKILL', 'greeted', null],
    ...(IS_DEEP ? TRIED : []),
  ] as const)('%s leaves no process in the state %s', async (signal, state, exitCode) => {
    const { running, port } = await openPort();
    await STATES[state](port);
    running.kill(signal);
    expect(await running.ended).toMatchObject({ exitCode });
    await eventually(() => user.processes().length === 0);
  });
});

const SCREEN = ['Xvfb', 'xtigervncviewer', 'xwininfo'];

describeWith([...SSH, ...SCREEN], 'a real viewer whose connection is lost', () => {
  let screen: XServer;

  beforeAll(async () => {
    screen = await startXServer('Xvfb', ['-screen', '0', '2000x1200x24']);
  });
  afterAll(() => screen?.close());

  test('is restarted after the link is back; closing it exits with 0', async () => {
    const running = await user.start(
      connect('--viewer', 'tigervnc'),
      withSsh({ DISPLAY: screen.display }),
    );
    const viewer = () => user.processes().find(({ argv }) => argv[0]?.includes('vncviewer'));
    const first = await eventually(viewer);
    const isConnected = () => sshd.connections().length === 1;
    await eventually(isConnected);
    await sshd.stop();
    await eventually(() => viewer() === undefined);
    await sshd.start();
    const second = await eventually(viewer);
    expect(second.pid).not.toBe(first.pid);
    const startedAt = performance.now();
    // A viewer that exits right after its start counts as failed (judgeExit in start-viewer.ts).
    await eventually(() => performance.now() - startedAt > 2_000);
    await closeWindow(screen, /TigerVNC/);
    const { exitCode, stderr } = await running.ended;
    expect([exitCode, stderr.match(/Starting TigerVNC/g)]).toMatchObject([0, { length: 2 }]);
    expect(user.processes()).toEqual([]);
  });
});
