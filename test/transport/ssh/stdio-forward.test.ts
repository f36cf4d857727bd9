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

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a connection carried by a real ssh', () => {
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

  test('bytes arrive unchanged, and each direction ends by itself', async () => {
    const bytes = randomBytes(3 * 1024 * 1024 + 7);
    const stream = open();
    stream.end(bytes);
    expect((await buffer(stream)).equals(bytes)).toBe(true);
  });

  test('the end of one direction leaves the other open', async () => {
    const { target, connection, close } = await startRfbGreeter('', () => {});
    closers.push(close);
    const stream = open(target);
    const server = await connection(0);
    stream.end('question');
    // Read by hand: the stream consumers close what they have read to its end.
    const [question] = await once(server, 'data');
    expect(question.toString()).toBe('question');
    await once(server, 'end');
    server.end('answer');
    expect((await buffer(stream)).toString()).toBe('answer');
  });

  test('ssh is gone when the stream is closed', async () => {
    const stream = open();
    stream.write('hello');
    await once(stream, 'data');
    await expect.poll(() => sshd.connections()).toHaveLength(1);
    await closeStream(stream);
    await expect.poll(() => sshd.connections()).toEqual([]);
  });

  test('a target that refuses is unreachable', async () => {
    const gone = await startRfbGreeter();
    await gone.close();
    const error = await failureOf(open(gone.target));
    expect(error.code).toBe('tunnel.unreachable');
    expect(error.details).toMatchObject({ reason: 'connect failed: Connection refused' });
  });

  test('a login node that forwards nothing is an unreachable target', async () => {
    const other = await startOther({ serverConfig: ['AllowTcpForwarding no'] });
    expect((await failureOf(open(greeter.target, other))).code).toBe('tunnel.unreachable');
  });

  test('a changed host key ends the connection', async () => {
    const other = await startOther({});
    const otherKey = readFileSync(`${other.identityFile}.pub`, 'utf8');
    writeFileSync(other.knownHostsFile, `[127.0.0.1]:${other.port} ${otherKey}`);
    const error = await failureOf(open(greeter.target, other));
    expect(error.code).toBe('ssh.hostKey');
    expect(error.details).toMatchObject({ reason: expect.stringContaining('has changed') });
  });

  test('an unknown host key is not accepted and not stored', async () => {
    const other = await startOther({});
    rmSync(other.knownHostsFile);
    expect((await failureOf(open(greeter.target, other))).code).toBe('ssh.hostKey');
    expect(() => readFileSync(other.knownHostsFile)).toThrow('ENOENT');
  });

  test('a key that the login node does not take is a failed log-in', async () => {
    const other = await startOther({});
    writeFileSync(join(other.folder, 'authorized_keys'), '');
    expect((await failureOf(open(greeter.target, other))).code).toBe('ssh.authFailed');
  });

  test('a login node that dies in between is told with its last words', async () => {
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

  test('a user without ssh is told so', () => {
    const route = { kind: 'ssh', target: greeter.target, via: sshd.via } as const;
    expect(() => openStdioForward(route, { ...quiet, environment: { PATH: '/nowhere' } })).toThrow(
      'ssh.missing',
    );
  });
});
