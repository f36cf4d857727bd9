import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formatZonedTime } from '../../../src/model/time.js';
import { openTestDesk } from '../test-desk.js';

const desk = openTestDesk();
beforeAll(() => desk.logIn());
afterEach(() => desk.run('vnc delete --yes'));

/** The first data that the server sends: the 12-byte RFB ProtocolVersion message (RFC 6143 §7.1.1). */
async function greetingAt(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const [greeting] = await once(socket, 'data');
  socket.destroy();
  return String(greeting);
}

describe('vnc connect --viewer none', () => {
  it('creates the session, listens on a local port, prints one line, and runs until Ctrl-C', async () => {
    const running = desk.start('vnc connect --viewer none --json');
    const ready = JSON.parse(await running.ready);
    const { stdout } = await desk.run('vnc show --json');
    const { sessionId, ip, port } = JSON.parse(stdout);
    expect(ready).toEqual({
      mode: 'forward',
      sessionId,
      target: `${ip}:${port}`,
      route: 'direct',
      via: null,
      address: '127.0.0.1',
      port: expect.any(Number),
      url: null,
      viewer: null,
      id: null,
    });
    expect(ready.port).not.toBe(port);
    expect(await greetingAt(ready.port)).toMatch(/^RFB 003\.00\d\n/);
    running.send('SIGINT');
    const result = await running.ended;
    expect([result.exitCode, result.stderr]).toEqual([130, '']);
    expect(result.stdout.split('\n')).toHaveLength(2);
    await expect(greetingAt(ready.port)).rejects.toThrow('ECONNREFUSED');
  });

  it('reports each step on stderr', async () => {
    const running = desk.start('vnc connect --viewer none');
    await running.ready;
    running.send('SIGTERM');
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(143);
    // In the last hour before the sweep, a warning is printed too.
    expect(stderr).toMatch(
      /^Contacting .*\n(The platform removes .*\n)?Connecting to 127\.0\.0\.1:\d+\nThe desktop answers \(RFB 3\.8\)\n$/,
    );
  });

  it('exits with 3 when the session is deleted elsewhere', async () => {
    const running = desk.start('vnc connect --viewer none --field port');
    const port = Number(await running.ready);
    await desk.run('vnc delete --yes');
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/The platform no longer lists \S+: it was deleted or swept\.\nerror: /);
    await expect(greetingAt(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('reports a local port that is already in use', async () => {
    const first = desk.start('vnc connect --viewer none --field port');
    const port = await first.ready;
    const second = await desk.run(`vnc connect --viewer none --local-port ${port}`);
    expect(second.exitCode).toBe(7);
    expect(second.stderr).toContain(`local port ${port} is already in use`);
    first.send('SIGINT');
    await first.ended;
  });

  it('exits with 3 and creates no session with --no-create or a selector', async () => {
    expect((await desk.run('vnc connect --viewer none --no-create')).exitCode).toBe(3);
    expect((await desk.run('vnc connect gv303 --viewer none')).exitCode).toBe(3);
    expect((await desk.run('vnc list')).stdout).toBe('');
  });
});

describe('vnc connect --print', () => {
  it('prints the ssh command to run', async () => {
    const line = 'vnc connect --print --via me@login.example:65023';
    const { exitCode, stdout } = await desk.run(line);
    const port = (await desk.run('vnc show --field port')).stdout.trim();
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      `ssh -N -L 127.0.0.1:${port}:127.0.0.1:${port} -l me -p 65023 -S none -o ExitOnForwardFailure=yes -- login.example\n`,
    );
  });

  it('prints the address of the desktop if no tunnel is needed', async () => {
    const { exitCode, stdout, stderr } = await desk.run('vnc connect --print --viewer none');
    const port = (await desk.run('vnc show --field port')).stdout.trim();
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`No tunnel needed: connect your viewer to 127.0.0.1:${port}.`);
  });

  it('prints the documented JSON object, with a null viewer if none is installed', async () => {
    const { stdout } = await desk.run('vnc connect --print --json --via login.example');
    const { target, tunnel, viewer, commands } = JSON.parse(stdout);
    expect(target).toEqual({ host: '127.0.0.1', port: expect.any(Number) });
    expect(tunnel.argv.slice(0, 3)).toEqual(['ssh', '-N', '-L']);
    // Without a user in --via, the user of the session is the default.
    expect(tunnel.argv.join(' ')).toContain('-l test_1215');
    expect(viewer).toBeNull();
    expect(Object.keys(commands)).toEqual(['posix', 'powershell']);
  });
});

it('vnc connect --profile-link accepts slow and rejects an unknown value', async () => {
  const wrong = await desk.run('vnc connect --print --profile-link fast');
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('slow')]);
  expect((await desk.run('vnc connect --print --profile-link slow')).exitCode).toBe(0);
});

describe('vnc connect --identity', () => {
  /** Writes a key whose file name says that it expires in this many days. */
  const keyOf = (owner: string, days = 100, mode = 0o600) => {
    const expiresAt = new Date(Date.now() + days * 86_400_000);
    const time = formatZonedTime(expiresAt, 'Asia/Shanghai').slice(0, 19);
    const date = time.replace('T', '_').replaceAll(':', '-');
    const path = join(desk.folder, `${owner}_RsaKeyExpireTime_${date}.txt`);
    writeFileSync(path, 'secret');
    chmodSync(path, mode);
    return path;
  };
  const print = (key: string, ...more: string[]) =>
    desk.run(['vnc', 'connect', '--print', '--identity', key, ...more]);

  it('takes user and host from the file name of the key', async () => {
    const key = keyOf('test_1215_login.example');
    const { stdout, stderr } = await print(key);
    expect(stdout).toContain(` -i ${key} -o IdentitiesOnly=yes -l test_1215 `);
    expect(stdout).toMatch(/ -- login\.example\n$/);
    expect(stderr).not.toContain(key);
  });

  it('takes host and port from --via if it is given', async () => {
    const key = keyOf('me_login.example');
    const { stdout } = await print(key, '--via', 'node.example:65023');
    expect(stdout).toMatch(/ -l me -p 65023 .* -- node\.example\n$/);
  });

  it.each([
    ['expires in 6 d 11 h', 6.5, 0o600],
    ['expired at 2', -1, 0o600],
    ['run: chmod 600 /', 100, 0o644],
  ])('warns about a key: %s', async (words, days, mode) => {
    const key = keyOf('me_login.example', days, mode);
    const { exitCode, stderr } = await print(key);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(words);
  });

  it.each([
    ['--identity /no/such/key --via login.example', '--identity'],
    ['--identity /etc/passwd', '--via'],
    ['--identity /etc/passwd --route direct', '--identity'],
  ])('%s is a usage error', async (options, word) => {
    const { exitCode, stderr } = await desk.run(`vnc connect --print ${options}`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(word)]);
  });
});

it.each([
  ['--route ssh --viewer none', 2, '--via'],
  ['--local-port 0 --viewer none', 2, '--local-port'],
  ['--local-port 70000 --viewer none', 2, '--local-port'],
  ['--via=-oProxyCommand=id --print', 2, '--via'],
  ['--viewer no-such-viewer', 9, 'no-such-viewer'],
])('vnc connect %s exits with %i', async (options, exitCode, word) => {
  const result = await desk.run(`vnc connect ${options}`);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).toContain(word);
});
