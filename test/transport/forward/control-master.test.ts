import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { IpAddress, Port } from '../../../src/model/endpoint.js';
import {
  type ControlMaster,
  openControlMaster,
} from '../../../src/transport/forward/control-master.js';
import { readGreeting } from '../../../src/transport/rfb/greeting.js';
import { openStdioForward } from '../../../src/transport/ssh/stdio-forward.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a shared login', () => {
  const { signal } = new AbortController();
  const closers: (() => unknown)[] = [];
  let sshd: TestSshd;
  let greeter: RfbGreeter;
  let login: ControlMaster;

  beforeEach(async () => {
    sshd = await startSshd();
    mkdirSync(place(), { mode: 0o700 });
    greeter = await startRfbGreeter();
    login = openControlMaster(sshd.via, options());
    closers.push(sshd.close, greeter.close, login.close);
  });

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const options = () => ({
    mayAsk: true,
    timeoutMs: 5_000,
    environment: { ...sshd.environment, XDG_RUNTIME_DIR: place() },
  });
  const place = () => join(sshd.folder, 'run');

  async function through(target = greeter.target): Promise<Duplex> {
    const open = await login.logIn(signal);
    if (open === undefined) throw new Error('not offered');
    const route = { kind: 'ssh', via: sshd.via, target } as const;
    const stream = openStdioForward(route, { ...options(), login: open });
    closers.push(() => stream.destroy());
    return stream;
  }

  const logIns = () => sshd.log().match(/^Accepted publickey/gm)?.length ?? 0;
  const greet = (stream: Duplex) => readGreeting(stream, 'target', signal);

  test('serves all connections', async () => {
    for (let count = 0; count < 3; count++) expect(await greet(await through())).toBe('003.008');
    expect(logIns()).toBe(1);
    expect(greeter.accepted).toHaveLength(3);
  });

  test('is made once for simultaneous connections', async () => {
    const streams = await Promise.all([through(), through(), through()]);
    await Promise.all(streams.map(greet));
    expect(logIns()).toBe(1);
  });

  test('has a socket that only this user can access, and leaves no files', async () => {
    await greet(await through());
    const [folder = ''] = readdirSync(place()).map((name) => join(place(), name));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const [socket = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(statSync(join(folder, socket)).mode & 0o777).toBe(0o600);
    await login.close();
    expect(readdirSync(place())).toEqual([]);
    await expect.poll(() => sshd.connections()).toEqual([]);
  });

  test('closes one connection without affecting the others', async () => {
    const first = await through();
    await greet(first);
    const second = await through();
    await greet(second);
    first.destroy();
    const connection = await greeter.connection(0);
    await expect.poll(() => connection.destroyed).toBe(true);
    second.write('RFB 003.008\n');
    const [, server] = greeter.accepted;
    await expect.poll(() => server?.bytesRead).toBe(12);
  });

  test('that breaks fails its connections and is made again', async () => {
    const stream = await through();
    await greet(stream);
    await sshd.stop();
    stream.resume();
    await expect.poll(() => stream.errored).toMatchObject({ code: 'ssh.exited' });
    await expect(through()).rejects.toMatchObject({ code: 'ssh.exited' });
    await sshd.start();
    expect(await greet(await through())).toBe('003.008');
    expect(logIns()).toBe(2);
  });

  test('reports the reason why a target is unreachable', async () => {
    const nobody = { host: '127.0.0.1' as IpAddress, port: 1 as Port };
    await expect(greet(await through(nobody))).rejects.toMatchObject({
      code: 'tunnel.unreachable',
      details: { reason: expect.stringMatching(/Connection refused/i) },
    });
  });

  test('that is refused rejects with ssh.authFailed', async () => {
    writeFileSync(join(sshd.folder, 'authorized_keys'), '');
    await expect(through()).rejects.toMatchObject({ code: 'ssh.authFailed' });
  });

  test('that is closed is not made again by a connection', async () => {
    const open = await login.logIn(signal);
    if (open === undefined) throw new Error('not offered');
    await login.close();
    const route = { kind: 'ssh', via: sshd.via, target: greeter.target } as const;
    const stream = openStdioForward(route, { ...options(), login: open });
    await expect.poll(() => stream.errored).toMatchObject({ code: 'ssh.exited' });
    expect(logIns()).toBe(1);
  });

  test('is not offered when ssh cannot create its socket', async () => {
    const folder = join(sshd.folder, 'a folder');
    mkdirSync(folder);
    vi.stubEnv('TMPDIR', folder);
    closers.push(() => vi.unstubAllEnvs());
    const other = openControlMaster(sshd.via, {
      ...options(),
      environment: { ...sshd.environment, XDG_RUNTIME_DIR: undefined, TMPDIR: folder },
    });
    expect(await other.logIn(signal)).toBeUndefined();
    expect(await other.logIn(signal)).toBeUndefined();
    await other.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not disabled by a banner that mentions control sockets', async () => {
    const banner = join(sshd.folder, 'banner');
    writeFileSync(banner, 'unix_listener: ControlPath too long, disabling multiplexing\n');
    const other = await startSshd({ serverConfig: [`Banner ${banner}`] });
    closers.push(other.close);
    const shared = openControlMaster(other.via, { ...options(), environment: other.environment });
    closers.push(shared.close);
    expect(await shared.logIn(signal)).toBeDefined();
  });

  test('forwards each connection to its own target', async () => {
    const other = await startRfbGreeter('RFB 003.007\n');
    closers.push(other.close);
    const streams = await Promise.all([through(), through(other.target), through()]);
    const versions = await Promise.all(streams.map(greet));
    expect(versions).toEqual(['003.008', '003.007', '003.008']);
  });

  test('rejects with the reason of the signal when aborted', async () => {
    const limit = new AbortController();
    const asked = login.logIn(limit.signal);
    limit.abort(new Error('over'));
    await expect(asked).rejects.toThrow('over');
    await expect.poll(() => sshd.connections()).toEqual([]);
  });
});
