import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forward } from '../../../src/transport/forward/open-forward.js';
import { prepareRoute } from '../../../src/transport/forward/prepare-route.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { type SshdOptions, startSshd, type TestSshd } from '../../helpers/start-sshd.js';

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a prepared route', () => {
  const { signal } = new AbortController();
  const closers: (() => unknown)[] = [];
  let sshd: TestSshd;
  let greeter: RfbGreeter;

  beforeEach(async () => {
    await start();
    greeter = await startRfbGreeter();
    closers.push(greeter.close);
  });

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function start(options: SshdOptions = {}): Promise<void> {
    sshd = await startSshd(options);
    closers.push(sshd.close);
  }

  const machine = () => ({
    environment: { ...sshd.environment, XDG_RUNTIME_DIR: sshd.folder },
    platform: process.platform,
  });

  async function prepare(mayAsk = true, limit = signal) {
    const prepared = await prepareRoute(
      { via: sshd.via, mayAsk, timeoutMs: 20_000, signal: limit },
      machine(),
    );
    closers.push(prepared.close);
    return prepared;
  }

  async function open(
    prepared: Awaited<ReturnType<typeof prepareRoute>>,
    via = sshd.via,
  ): Promise<Forward> {
    const route = { kind: 'ssh', target: greeter.target, via } as const;
    const listen = { kind: 'tcp', port: 0 } as const;
    const options = { route, listen, mayAsk: false, timeoutMs: 20_000, signal };
    const forward = await prepared.openForward(options);
    closers.push(forward.close);
    return forward;
  }

  const logIns = () => sshd.log().match(/^Accepted publickey/gm)?.length ?? 0;
  const hasLoggedIn = () => expect.poll(logIns).toBe(1);
  const isGone = () => expect.poll(() => sshd.connections()).toEqual([]);
  const foldersLeft = () => readdirSync(sshd.folder).filter((name) => name.startsWith('hpc-desk'));

  test.each([true, false])(
    'has logged in before the target is known, with mayAsk %s',
    async (mayAsk) => {
      const prepared = await prepare(mayAsk);
      await hasLoggedIn();
      const forward = await open(prepared);
      expect(forward.rfbVersion).toBe('003.008');
      expect(logIns()).toBe(1);
      await forward.close();
      await isGone();
      expect(foldersLeft()).toEqual([]);
    },
  );

  test('can be closed before and after it has logged in', async () => {
    const early = await prepare();
    await early.close();
    const late = await prepare();
    await hasLoggedIn();
    await late.close();
    await isGone();
    expect(foldersLeft()).toEqual([]);
  });

  test('is closed when its signal is aborted', async () => {
    const limit = new AbortController();
    await prepare(true, limit.signal);
    await hasLoggedIn();
    limit.abort(new Error('over'));
    await isGone();
    await expect.poll(foldersLeft).toEqual([]);
  });

  test('is not used by a forward with another identity file, which logs in itself', async () => {
    const prepared = await prepare();
    await hasLoggedIn();
    await open(prepared, { ...sshd.via, identityFile: sshd.identityFile });
    expect(logIns()).toBe(2);
    await expect.poll(() => sshd.connections()).toHaveLength(1);
  });

  test('passes a refused login on to the forward, which does not retry', async () => {
    writeFileSync(join(sshd.folder, 'authorized_keys'), '');
    const prepared = await prepare(false);
    await expect.poll(() => sshd.log()).toContain('[preauth]');
    await isGone();
    writeFileSync(join(sshd.folder, 'authorized_keys'), 'it is read again by a second login');
    await expect(open(prepared)).rejects.toMatchObject({ code: 'ssh.authFailed' });
    expect(sshd.log().match(/^Connection from/gm)).toHaveLength(1);
  });

  test('retries with prompts when an unknown host key was rejected without them', async () => {
    writeFileSync(sshd.knownHostsFile, '');
    const prepared = await prepare(true);
    await expect.poll(() => sshd.log()).toContain('Connection closed by');
    writeFileSync(sshd.configFile, 'StrictHostKeyChecking no\n', { flag: 'a' });
    expect((await open(prepared)).rfbVersion).toBe('003.008');
    expect(logIns()).toBe(1);
  });

  test('retries with a terminal when a ProxyCommand failed without one', async () => {
    const proxy = `ProxyCommand ${process.execPath} -e "const s=require('net').connect(${sshd.port},'127.0.0.1');process.stdin.pipe(s);s.pipe(process.stdout)"\n`;
    const hasFailed = join(sshd.folder, 'has-failed');
    writeFileSync(sshd.configFile, `ProxyCommand : > ${hasFailed}\n`, { flag: 'a' });
    const prepared = await prepare(true);
    await expect.poll(() => existsSync(hasFailed)).toBe(true);
    await expect.poll(foldersLeft).toEqual([]);
    const config = readFileSync(sshd.configFile, 'utf8');
    writeFileSync(sshd.configFile, config.replace(/^ProxyCommand.*\n/m, proxy));
    await open(prepared);
    expect(logIns()).toBe(1);
  });

  describe('through a jump host', () => {
    let jump: TestSshd;

    async function jumpThrough(options: SshdOptions, lines = ''): Promise<void> {
      jump = await startSshd(options);
      closers.push(jump.close);
      const known = readFileSync(jump.knownHostsFile, 'utf8');
      writeFileSync(sshd.knownHostsFile, known, { flag: 'a' });
      const node = `${jump.user}@127.0.0.1:${jump.port}`;
      const jumpHost = `Match host 127.0.0.1 exec "test %p = ${jump.port}"\nIdentityFile ${jump.identityFile}\n${lines}`;
      const config = `Match exec "test %p = ${sshd.port}"\nProxyJump ${node}\n${jumpHost}\nMatch all\n`;
      writeFileSync(sshd.configFile, config + readFileSync(sshd.configFile, 'utf8'));
    }

    test('has logged in before the target is known', async () => {
      await jumpThrough({});
      const prepared = await prepare();
      await hasLoggedIn();
      await open(prepared);
      expect(logIns()).toBe(1);
      expect(jump.log().match(/^Accepted publickey/gm)).toHaveLength(1);
    });

    test.each([true, false])(
      'that prompts for a password gets no answer, not an empty one, with mayAsk %s',
      async (mayAsk) => {
        await jumpThrough(
          { serverConfig: ['PasswordAuthentication yes'] },
          'PreferredAuthentications password\n',
        );
        const prepared = await prepare(mayAsk);
        await expect.poll(() => jump.log()).toContain('Connection closed by');
        await expect.poll(foldersLeft).toEqual([]);
        expect(jump.log()).not.toContain('Failed password');
        if (!mayAsk) {
          await expect(open(prepared)).rejects.toMatchObject({
            code: 'ssh.authFailed',
            details: { reason: expect.stringContaining('password:') },
          });
          return;
        }
        const config = readFileSync(sshd.configFile, 'utf8');
        writeFileSync(sshd.configFile, config.replace('PreferredAuthentications password\n', ''));
        await open(prepared);
        expect(logIns()).toBe(1);
      },
    );
  });
});
