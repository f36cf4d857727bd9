import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { sample } from '../helpers/deep.js';
import { fakeTime } from '../helpers/fake-time.js';
import { type DeskHome, openDeskHome } from '../helpers/open-desk-home.js';
import { describeWith } from '../helpers/real-components.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';
import { type Certificates, makeCertificates } from '../platform/remote/make-certificates.js';

const HOUR_MS = 3_600_000;

/** Offset for faketime(1), and how the warning describes it. */
const OFFSETS = [
  ['-365d', '365 d behind'],
  ['-8h', '8 h behind'],
  ['+8h', '8 h ahead of'],
  ['+365d', '365 d ahead of'],
] as const;
const METHODS = ['accessKey', 'password', 'token'] as const;

describeWith(['faketime', 'openssl'], 'a wrong clock', () => {
  let folder: string;
  let sandbox: Sandbox;
  /** Valid from two years ago until two years from now, and for a day. */
  let lasting: Certificates;
  let short: Certificates;
  let home: DeskHome;
  const servers: Server[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-clock-'));
    const folders = ['lasting', 'short'].map((name) => mkdtempSync(join(folder, name)));
    const env = { ...process.env, ...fakeTime('-800d') };
    lasting = makeCertificates(folders[0] as string, 1600, env);
    short = makeCertificates(folders[1] as string);
    // The lifetime of a token is shorter than the clock offset.
    sandbox = await startTestSandbox({ tokenLifeMs: 5 * HOUR_MS });
  });
  afterEach(() => home.close());
  afterAll(async () => {
    for (const server of servers) server.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The sandbox behind TLS. */
  async function serve({ good, authorityPath }: Certificates) {
    const target = new URL(sandbox.description.platformUrl);
    const server = createServer(good, (secure) => {
      const plain = connect(Number(target.port), target.hostname);
      plain.on('error', () => secure.destroy());
      secure.on('error', () => plain.destroy());
      secure.pipe(plain).pipe(secure);
    });
    server.on('tlsClientError', () => {});
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    return { url: `https://127.0.0.1:${port}`, trust: { NODE_EXTRA_CA_CERTS: authorityPath } };
  }

  function loginBy(method: (typeof METHODS)[number], url: string) {
    const { user, accessKey, secretKey, orgId, password, token } = sandbox.description;
    const urls = ['--platform-url', url, '--auth-url', url];
    return {
      accessKey: {
        words: [...urls, '--user', user, '--access-key', accessKey, '--secret-key-stdin'],
        stdin: secretKey,
      },
      password: {
        words: [...urls, '--user', user, '--org-id', orgId, '--password-stdin'],
        stdin: password,
      },
      token: { words: ['--api-url', url, '--token-stdin'], stdin: token },
    }[method];
  }

  it.each(
    OFFSETS.flatMap(([offset, told]) => METHODS.map((method) => [offset, method, told] as const)),
  )('by %s does not prevent a login by %s or a session', async (offset, method, told) => {
    home = await openDeskHome();
    const { url, trust } = await serve(lasting);
    const environment = { ...trust, ...fakeTime(offset) };
    const { words, stdin } = loginBy(method, url);
    const login = await home.run(['login', ...words], { environment, stdin });
    expect(login).toMatchObject({ exitCode: 0 });
    const create = await home.run(['vnc', 'create'], { environment });
    expect(create).toMatchObject({ exitCode: 0 });
    // A token that does not look expired is stored without a request.
    const isAsked = method !== 'token' || offset.startsWith('+');
    expect(login.stderr.split(told)).toHaveLength(isAsked ? 2 : 1);
    expect(create.stderr.split(told)).toHaveLength(2);
    const whoami = await home.json(['whoami'], { environment });
    expect(whoami.expired).toBe(isAsked ? false : whoami.expired);
    if (isAsked) expect(whoami.expiresInSeconds).toBeGreaterThan(4 * 3600);
  });

  it.each(OFFSETS)('by %s after the login does not invalidate it', async (offset) => {
    home = await openDeskHome();
    const { url, trust } = await serve(lasting);
    const { words, stdin } = loginBy('password', url);
    const login = await home.run(['login', ...words], { environment: trust, stdin });
    expect(login).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('clock') });
    for (const _ of [1, 2]) {
      const environment = { ...trust, ...fakeTime(offset) };
      const create = await home.run(['vnc', 'create'], { environment });
      expect(create).toMatchObject({ exitCode: 0 });
    }
    // With the right clock again.
    const create = await home.run(['vnc', 'create'], { environment: trust });
    expect(create).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('clock') });
  });

  it.each([
    ['+365d', 'has expired at 20', 'CERT_HAS_EXPIRED', 'en'],
    ['-365d', 'is not valid yet at 20', 'CERT_NOT_YET_VALID', 'en'],
    ['+365d', '按本机时间 20', 'CERT_HAS_EXPIRED', 'zh'],
  ])('by %s is reported for certificate errors: %s', async (offset, said, reason, language) => {
    home = await openDeskHome();
    const { url, trust } = await serve(short);
    const { words, stdin } = loginBy('password', url);
    const environment = { ...trust, ...fakeTime(offset), HPC_DESK_LANG: language };
    const { exitCode, stderr } = await home.run(['login', ...words], { environment, stdin });
    expect(exitCode).toBe(6);
    expect(stderr).toContain(said);
    expect(stderr).toContain(reason);
    expect(stderr).toContain('timedatectl');
  });

  it.each(sample(OFFSETS, 3))('by %s is reported by doctor', async (offset, told) => {
    home = await openDeskHome();
    const { url, trust } = await serve(lasting);
    const { words, stdin } = loginBy('password', url);
    const environment = { ...trust, ...fakeTime(offset) };
    await home.run(['login', ...words], { environment, stdin });
    const { stdout } = await home.run(['doctor', '--json'], { environment });
    const { checks } = JSON.parse(stdout);
    const check = (name: string) => checks.find((one: { name: string }) => one.name === name);
    expect(check('clock')).toMatchObject({
      status: 'warn',
      message: expect.stringContaining(told),
    });
    expect(check('token')).toMatchObject({ status: 'pass' });
    expect(check('cluster')).toMatchObject({ status: 'pass' });
  });
});
