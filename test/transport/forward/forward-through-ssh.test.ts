import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Endpoint, Port } from '../../../src/model/endpoint.js';
import type { Forward } from '../../../src/transport/forward/open-forward.js';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import { tunnelCommand } from '../../../src/transport/ssh/arguments.js';
import type { ForwardAddress, ForwardEvent } from '../../../src/transport/transport.js';
import { bundleSource } from '../../helpers/bundle-source.js';
import { freePort } from '../../helpers/free-port.js';
import { heldBytes } from '../../helpers/held-bytes.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';

const MEBIBYTE = 1024 * 1024;
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function attach(address: ForwardAddress): Socket {
  const socket = connect(address.kind === 'socket' ? { path: address.path } : address);
  closers.push(() => socket.destroy());
  return socket.on('error', () => {});
}

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a forward through a real ssh', () => {
  let sshd: TestSshd;
  let greeter: RfbGreeter;

  beforeEach(async () => {
    sshd = await startSshd();
    closers.push(sshd.close);
    greeter = await startRfbGreeter();
    closers.push(greeter.close);
  });

  const routeTo = (target: Endpoint) => ({ kind: 'ssh', target, via: sshd.via }) as const;

  async function open(
    target = greeter.target,
    report: (event: ForwardEvent) => unknown = () => {},
  ): Promise<Forward> {
    const options = {
      report,
      mayAsk: false,
      timeoutMs: 20_000,
      signal: new AbortController().signal,
    };
    const forward = await openForward(
      { ...options, route: routeTo(target), listen: { kind: 'tcp', port: 0 } },
      { environment: sshd.environment, platform: process.platform },
    );
    closers.push(forward.close);
    return forward;
  }

  test('one login serves the proof, the first client and the next client', async () => {
    const { address } = await open();
    expect(String(await once(attach(address), 'data'))).toBe('RFB 003.008\n');
    await expect.poll(() => sshd.connections()).toHaveLength(1);
    expect(String(await once(attach(address), 'data'))).toBe('RFB 003.008\n');
    await expect.poll(() => sshd.connections()).toHaveLength(1);
    expect(greeter.accepted).toHaveLength(2);
  });

  test('close leaves no ssh process', async () => {
    const forward = await open();
    await once(attach(forward.address), 'data');
    await once(attach(forward.address), 'data');
    await forward.close();
    await forward.closed;
    expect(sshClients(sshd)).toEqual([]);
  });

  test('a target that refuses the connection rejects with tunnel.unreachable', async () => {
    await greeter.close();
    await expect(open()).rejects.toMatchObject({ code: 'tunnel.unreachable' });
    expect(sshClients(sshd)).toEqual([]);
  });

  test('a client whose ssh fails is closed, and the forward serves the next', async () => {
    const { address } = await open();
    const first = attach(address);
    await once(first, 'data');
    for (const pid of sshd.connections()) process.kill(pid, 'SIGKILL');
    await once(first, 'close');
    expect(String(await once(attach(address), 'data'))).toBe('RFB 003.008\n');
  });

  test('when the login node is back, the next client is served on the same port', async () => {
    const losses: string[] = [];
    const report = (event: ForwardEvent) =>
      event.kind === 'lost' && losses.push(event.failure.code);
    const forward = await open(greeter.target, report);
    const first = attach(forward.address);
    await once(first, 'data');
    await sshd.stop();
    await once(first, 'close');
    await expect.poll(() => losses).toEqual(['ssh.exited']);
    await expect(forward.prove()).rejects.toMatchObject({ code: 'ssh.exited' });
    await sshd.start();
    await forward.prove();
    expect(String(await once(attach(forward.address), 'data'))).toBe('RFB 003.008\n');
    await expect.poll(() => sshd.connections()).toHaveLength(1);
  });

  test('a frozen login node is detected by ServerAliveInterval', async () => {
    await sshd.close();
    // The program sets 15 s, three times.
    sshd = await startSshd({ clientArguments: ['-o', 'ServerAliveInterval=1'] });
    closers.push(sshd.close);
    const reasons: unknown[] = [];
    const report = (event: ForwardEvent) =>
      event.kind === 'lost' && reasons.push(event.failure.details);
    const client = attach((await open(greeter.target, report)).address);
    await once(client, 'data');
    const frozen = descendantsOf(sshd.connections());
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    await once(client, 'close');
    const reason = expect.stringMatching(/not responding/);
    await expect.poll(() => reasons).toEqual([expect.objectContaining({ reason })]);
  });

  test('a login that is refused after the first one broke closes the forward', async () => {
    const forward = await open();
    const first = attach(forward.address);
    await once(first, 'data');
    writeFileSync(join(sshd.folder, 'authorized_keys'), '');
    for (const pid of sshd.connections()) process.kill(pid, 'SIGKILL');
    if (!first.closed) await once(first, 'close');
    const second = attach(forward.address);
    await expect(forward.closed).rejects.toMatchObject({ code: 'ssh.authFailed' });
    if (!second.closed) await once(second, 'close');
    expect(sshClients(sshd)).toEqual([]);
  });

  test('a client that does not read stops the server without buffering in this process', async () => {
    let sent = 0;
    const flood = await startRfbGreeter('RFB 003.008\n', (socket) => {
      const chunk = Buffer.alloc(64 * 1024);
      const send = () =>
        socket.write(chunk, (error) => {
          if (error) return;
          sent += chunk.length;
          send();
        });
      socket.once('data', send);
    });
    closers.push(flood.close);
    const client = attach((await open(flood.target)).address);
    await once(client, 'data');
    const before = await heldBytes();
    client.pause();
    client.write('begin');
    // The buffers of four sockets, two pipes and two ssh channels are large but finite.
    let last = -1;
    const stands = () => {
      const isSame = sent > 0 && sent === last;
      last = sent;
      return isSame;
    };
    await expect.poll(stands, { interval: 500 }).toBe(true);
    // Then the data in this process reaches the socket of the client.
    await expect.poll(async () => (await heldBytes()) - before).toBeLessThan(MEBIBYTE);
    expect(client.closed).toBe(false);
  });

  test('no ssh process is left after this program is killed', async () => {
    const program = await bundleSource(
      `import { openForward } from './transport/forward/open-forward.js';
       const forward = await openForward({
         route: ${JSON.stringify(routeTo(greeter.target))} as never,
         listen: { kind: 'tcp', port: 0 }, mayAsk: false, timeoutMs: 20000, signal: new AbortController().signal,
       }, { environment: process.env, platform: process.platform });
       console.log(JSON.stringify(forward.address));`,
      sshd.folder,
    );
    // The greeter closes when its client does, as VNC servers do.
    const environment = sshd.environment as NodeJS.ProcessEnv;
    const child = spawn(process.execPath, [program], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    await once(attach(JSON.parse(line)), 'data');
    // The master and the connection.
    expect(sshClients(sshd)).toHaveLength(2);
    child.kill('SIGKILL');
    await expect.poll(() => sshClients(sshd)).toEqual([]);
  });

  test('the command of tunnelCommand opens the same desktop', async () => {
    const port = await freePort();
    const [program = '', ...rest] = tunnelCommand(routeTo(greeter.target), port as Port);
    const environment = sshd.environment as NodeJS.ProcessEnv;
    const ssh = spawn(program, rest, { env: environment, stdio: 'ignore' });
    closers.push(() => ssh.kill('SIGKILL'));
    const hear = async () => String(await once(connect(port, '127.0.0.1'), 'data'));
    await expect.poll(hear).toBe('RFB 003.008\n');
  });
});

/** These processes and their descendants: sshd runs two processes per connection of an unprivileged user. */
function descendantsOf(pids: readonly number[]): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = rows.flatMap(([pid = 0, parent = 0]) => (pids.includes(parent) ? [pid] : []));
  return children.length === 0 ? [...pids] : [...pids, ...descendantsOf(children)];
}

/** Process ids of the ssh clients that run with this server's configuration. */
function sshClients({ configFile }: TestSshd): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return table
    .split('\n')
    .filter((line) => line.includes(configFile))
    .map((line) => Number.parseInt(line, 10));
}
