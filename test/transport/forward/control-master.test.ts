import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { IpAddress } from '../../../src/model/address.js';
import type { Endpoint, Port } from '../../../src/model/endpoint.js';
import {
  type ControlMaster,
  openControlMaster,
} from '../../../src/transport/forward/control-master.js';
import { readGreeting } from '../../../src/transport/rfb/greeting.js';
import { openStdioForward } from '../../../src/transport/ssh/stdio-forward.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'one login', () => {
  const { signal } = new AbortController();
  const closers: (() => unknown)[] = [];
  let sshd: TestSshd;
  let greeter: RfbGreeter;
  let login: ControlMaster;

  beforeEach(async () => {
    sshd = await startSshd();
    greeter = await startRfbGreeter();
    login = openControlMaster(routeTo(greeter.target), options());
    closers.push(sshd.close, greeter.close, login.close);
  });

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const routeTo = (target: Endpoint) => ({ kind: 'ssh', target, via: sshd.via }) as const;
  const options = () => ({
    mayAsk: true,
    connectTimeoutS: 5,
    environment: { ...sshd.environment, XDG_RUNTIME_DIR: undefined },
  });

  async function through(target = greeter.target): Promise<Duplex> {
    const stream = openStdioForward(routeTo(target), {
      ...options(),
      shared: await login.share(signal),
    });
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

  test('is made once, also for connections that come together', async () => {
    const streams = await Promise.all([through(), through(), through()]);
    await Promise.all(streams.map(greet));
    expect(logIns()).toBe(1);
  });

  test('has its socket where only we get in, and leaves nothing', async () => {
    const { socketPath = '' } = (await login.share(signal)) ?? {};
    expect(Buffer.byteLength(socketPath)).toBeLessThan(100);
    expect(statSync(socketPath).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(socketPath)).mode & 0o777).toBe(0o700);
    await login.close();
    expect(existsSync(dirname(socketPath))).toBe(false);
    await expect.poll(() => sshd.connections()).toEqual([]);
  });

  test('ends one connection without the others', async () => {
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

  test('that breaks is the failure of all that went through it, and is made anew', async () => {
    const stream = await through();
    await greet(stream);
    await sshd.stop();
    stream.resume();
    await expect.poll(() => stream.errored).toMatchObject({ code: 'ssh.exited' });
    await expect(login.share(signal)).rejects.toMatchObject({ code: 'ssh.exited' });
    await sshd.start();
    expect(await greet(await through())).toBe('003.008');
    expect(logIns()).toBe(2);
  });

  test('passes on why a target cannot be reached', async () => {
    const nobody = { host: '127.0.0.1' as IpAddress, port: 1 as Port };
    await expect(greet(await through(nobody))).rejects.toMatchObject({
      code: 'tunnel.unreachable',
      details: { reason: expect.stringMatching(/Connection refused/i) },
    });
  });

  test('that is refused is told as any other', async () => {
    writeFileSync(join(sshd.folder, 'authorized_keys'), '');
    await expect(login.share(signal)).rejects.toMatchObject({ code: 'ssh.authFailed' });
  });

  test('is done without where ssh cannot make the socket', async () => {
    const place = join(sshd.folder, 'a folder');
    // ssh would split such a path; every connection then logs in by itself.
    vi.stubEnv('TMPDIR', place);
    closers.push(() => vi.unstubAllEnvs());
    mkdirSync(place);
    expect(await login.share(signal)).toBeUndefined();
    expect(await greet(await through())).toBe('003.008');
    expect(readdirSync(place)).toEqual([]);
    rmSync(place, { recursive: true });
  });

  test('is not waited for when the time is over', async () => {
    const limit = new AbortController();
    const asked = login.share(limit.signal);
    limit.abort(new Error('over'));
    await expect(asked).rejects.toThrow('over');
    await expect.poll(() => sshd.connections()).toEqual([]);
  });
});
