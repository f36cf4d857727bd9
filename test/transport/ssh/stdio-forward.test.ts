import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DeskError } from '../../../src/errors/desk-error.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { closeStream } from '../../../src/transport/net/dial.js';
import { openStdioForward } from '../../../src/transport/ssh/stdio-forward.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { type SshdOptions, startSshd, type TestSshd } from '../../helpers/start-sshd.js';

const quiet = { mayAsk: false, timeoutMs: 5_000 };

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a stdio forward through a real ssh', () => {
  let sshd: TestSshd;
  let greeter: RfbGreeter;
  const streams: Duplex[] = [];
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    sshd = await startSshd();
    greeter = await startRfbGreeter('');
  });

  afterEach(async () => {
    await Promise.all(streams.splice(0).map((stream) => closeStream(stream)));
    for (const close of closers.splice(0)) await close();
  });

  afterAll(async () => {
    await greeter.close();
    await sshd.close();
  });

  function open(target: Endpoint = greeter.target, through: TestSshd = sshd): Duplex {
    const { environment, via } = through;
    const stream = openStdioForward({ kind: 'ssh', target, via }, { ...quiet, environment });
    streams.push(stream);
    return stream;
  }

  async function startOther(options: SshdOptions): Promise<TestSshd> {
    const other = await startSshd(options);
    closers.push(other.close);
    return other;
  }

  async function failureOf(stream: Duplex): Promise<DeskError> {
    const [error] = await once(stream.resume(), 'error').catch((reason) => [reason]);
    return error;
  }

  test('transfers bytes unchanged and propagates the end of each direction', async () => {
    const bytes = randomBytes(3 * 1024 * 1024 + 7);
    const stream = open();
    stream.end(bytes);
    expect((await buffer(stream)).equals(bytes)).toBe(true);
  });

  test('keeps one direction open when the other one ends', async () => {
    const { target, connection, close } = await startRfbGreeter('', () => {});
    closers.push(close);
    const stream = open(target);
    const server = await connection(0);
    stream.end('question');
    // Not with stream/consumers: they destroy a stream that they have read to its end.
    const [question] = await once(server, 'data');
    expect(question.toString()).toBe('question');
    await once(server, 'end');
    server.end('answer');
    expect((await buffer(stream)).toString()).toBe('answer');
  });

  test('ends the ssh connection when the stream is closed', async () => {
    const stream = open();
    stream.write('hello');
    await once(stream, 'data');
    await expect.poll(() => sshd.connections()).toHaveLength(1);
    await closeStream(stream);
    await expect.poll(() => sshd.connections()).toEqual([]);
  });

  test('fails with tunnel.unreachable when the target refuses the connection', async () => {
    const gone = await startRfbGreeter();
    await gone.close();
    const error = await failureOf(open(gone.target));
    expect(error.code).toBe('tunnel.unreachable');
    expect(error.details).toMatchObject({ reason: 'connect failed: Connection refused' });
  });

  test('fails with tunnel.unreachable when the login node prohibits forwarding', async () => {
    const other = await startOther({ serverConfig: ['AllowTcpForwarding no'] });
    expect((await failureOf(open(greeter.target, other))).code).toBe('tunnel.unreachable');
  });

  test('fails with ssh.hostKey when the host key has changed', async () => {
    const other = await startOther({});
    const otherKey = readFileSync(`${other.identityFile}.pub`, 'utf8');
    writeFileSync(other.knownHostsFile, `[127.0.0.1]:${other.port} ${otherKey}`);
    const error = await failureOf(open(greeter.target, other));
    expect(error.code).toBe('ssh.hostKey');
    expect(error.details).toMatchObject({ reason: expect.stringContaining('has changed') });
  });

  test('rejects an unknown host key and does not add it to known_hosts', async () => {
    const other = await startOther({});
    rmSync(other.knownHostsFile);
    expect((await failureOf(open(greeter.target, other))).code).toBe('ssh.hostKey');
    expect(() => readFileSync(other.knownHostsFile)).toThrow('ENOENT');
  });

  test('fails with ssh.authFailed when the login node rejects the key', async () => {
    const other = await startOther({});
    writeFileSync(join(other.folder, 'authorized_keys'), '');
    expect((await failureOf(open(greeter.target, other))).code).toBe('ssh.authFailed');
  });

  test('fails with ssh.exited and the last message of ssh when the connection breaks', async () => {
    const other = await startOther({});
    const stream = open(greeter.target, other);
    stream.write('hello');
    await once(stream, 'data');
    for (const pid of other.connections()) process.kill(pid, 'SIGKILL');
    const error = await failureOf(stream);
    expect(error.code).toBe('ssh.exited');
    expect(error.details).toMatchObject({
      exitCode: 255,
      reason: expect.stringContaining('closed'),
    });
  });

  test('throws ssh.missing when ssh is not installed', () => {
    const route = { kind: 'ssh', target: greeter.target, via: sshd.via } as const;
    expect(() => openStdioForward(route, { ...quiet, environment: { PATH: '/nowhere' } })).toThrow(
      'ssh.missing',
    );
  });
});
