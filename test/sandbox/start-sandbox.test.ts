import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { issueClusterTokens } from '../../src/sandbox/clusters.js';
import type { DeskSession } from '../../src/sandbox/sessions.js';
import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/start-sandbox.js';
import { describeWith } from '../helpers/real-components.js';
import { connectRfb } from './rfb-test-client.js';

const HOUR_MS = 3_600_000;
/** 08:00 on the platform's clock. */
const START_MS = Date.UTC(2026, 0, 1);

let open: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(open.map((sandbox) => sandbox.close()));
  open = [];
});

async function openSandbox(options: Partial<SandboxOptions> = {}) {
  const clock = { nowMs: START_MS };
  const sandbox = await startSandbox({
    now: () => new Date(clock.nowMs),
    environment: {},
    signal: new AbortController().signal,
    desktop: 'builtin',
    geometry: { widthPx: 64, heightPx: 48 },
    ...options,
  });
  open.push(sandbox);
  const { platformUrl, token } = sandbox.description;
  const ask = (method: string, path: string, headers: Record<string, string> = { token }) =>
    fetch(platformUrl + path, { method, headers });
  const call = async <Data = unknown>(...request: Parameters<typeof ask>) =>
    (await (await ask(...request)).json()) as { code: string; msg: string; data: Data };
  const logIn = (changes: Record<string, string> = {}) =>
    call<ReturnType<typeof issueClusterTokens>>(
      'POST',
      '/api/user/v3/tokens',
      signedHeaders(sandbox, clock.nowMs, changes),
    );
  return { sandbox, clock, ask, call, logIn };
}

function signedHeaders({ description }: Sandbox, nowMs: number, changes: Record<string, string>) {
  const { user, accessKey, secretKey } = description;
  const timestamp = String(Math.floor(nowMs / 1000));
  const message = `{"accessKey":"${accessKey}","timestamp":"${timestamp}","user":"${user}"}`;
  const signature = createHmac('sha256', secretKey).update(message).digest('hex');
  return { user, accessKey, timestamp, signature, ...changes };
}

const VNC = '/hpc/openapi/v2/desktop/vnc';
const TOKEN = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const CLUSTERS = [
  { clusterId: '0', clusterName: 'ac', token: TOKEN },
  { clusterId: '11250', clusterName: '沙盒一区【本机】', token: TOKEN },
  { clusterId: '20091', clusterName: '沙盒二区【停用】', token: null },
];

test('the description has everything needed to log in', async () => {
  const { sandbox } = await openSandbox({ hpcUrlSuffix: '/hpc' });
  const { platformUrl } = sandbox.description;
  expect(sandbox.description).toEqual({
    apiUrl: `${platformUrl}/hpc`,
    platformUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    authUrl: platformUrl,
    user: 'test',
    password: expect.stringMatching(/^[\w-]{16}$/),
    orgId: expect.stringMatching(/^[0-9a-f]{32}$/),
    accessKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    secretKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    cluster: { id: '11250', name: '沙盒一区【本机】' },
    token: TOKEN,
  });
});

test('a token of one sandbox is rejected by another', async () => {
  const [one, other] = [await openSandbox(), await openSandbox()];
  const { token } = other.sandbox.description;
  expect(await one.call('GET', VNC, { token })).toEqual({
    code: '10008',
    msg: '权限不足',
    data: null,
  });
});

describe('logging in', () => {
  test('with the access key returns every cluster', async () => {
    const { logIn } = await openSandbox();
    expect(await logIn()).toEqual({ code: '0', msg: 'success', data: CLUSTERS });
  });

  test('with a wrong signature is rejected', async () => {
    const { logIn } = await openSandbox();
    expect(await logIn({ signature: '0'.repeat(64) })).toEqual({
      code: '10009',
      msg: 'AK/SK签名校验失败',
      data: null,
    });
  });

  test('with a clock that is off by six minutes is rejected', async () => {
    const { sandbox, call } = await openSandbox();
    const headers = signedHeaders(sandbox, START_MS + 360_000, {});
    expect(await call('POST', '/api/user/v3/tokens', headers)).toMatchObject({ code: '10009' });
  });

  test('with the password returns every cluster', async () => {
    const { sandbox, call } = await openSandbox();
    const { user, password, orgId } = sandbox.description;
    expect(await call('POST', '/ac/openapi/v2/tokens', { user, password, orgId })).toEqual({
      code: '0',
      msg: 'success',
      data: CLUSTERS,
    });
  });

  test('with a wrong password is rejected', async () => {
    const { sandbox, call } = await openSandbox();
    const { user, orgId } = sandbox.description;
    const headers = { user, password: 'guess', orgId };
    expect(await call('POST', '/ac/openapi/v2/tokens', headers)).toMatchObject({ code: '10009' });
  });
});

describe('a token', () => {
  test('is valid, then expires with 10008', async () => {
    const { call, clock } = await openSandbox();
    expect(await call('GET', '/ac/openapi/v2/tokens/state')).toEqual({
      code: '0',
      msg: 'success',
      data: 'token is valid',
    });
    clock.nowMs += 24 * HOUR_MS;
    expect(await call('GET', '/ac/openapi/v2/tokens/state')).toMatchObject({ code: '10008' });
    expect(await call('GET', VNC)).toMatchObject({ code: '10008' });
  });

  test.each([
    ['string', TOKEN],
    ['object', { token: TOKEN }],
    ['list', [CLUSTERS[1]]],
  ] as const)('is renewed after its expiry; the answer is a %s', async (renewalShape, data) => {
    const { call, clock } = await openSandbox({ renewalShape });
    clock.nowMs += 47 * HOUR_MS;
    expect(await call('POST', '/ac/openapi/v2/tokens/next')).toEqual({
      code: '0',
      msg: 'success',
      data,
    });
  });

  test('is valid again once renewed', async () => {
    const { call, clock } = await openSandbox();
    clock.nowMs += 47 * HOUR_MS;
    const { data: token } = await call<string>('POST', '/ac/openapi/v2/tokens/next');
    expect(await call('GET', VNC, { token })).toMatchObject({ code: '0', data: [] });
  });

  test('cannot be renewed 24 hours after its expiry', async () => {
    const { call, clock } = await openSandbox();
    clock.nowMs += 48 * HOUR_MS;
    expect(await call('POST', '/ac/openapi/v2/tokens/next')).toMatchObject({ code: '10008' });
  });

  test('that is missing is rejected with 10003', async () => {
    const { call } = await openSandbox();
    for (const [method, path] of [
      ['GET', VNC],
      ['POST', '/ac/openapi/v2/tokens/next'],
    ] as const) {
      expect(await call(method, path, {})).toMatchObject({ code: '10003' });
    }
  });

  test('of the platform itself is rejected by the cluster', async () => {
    const { call, logIn } = await openSandbox();
    const token = (await logIn()).data[0]?.token ?? '';
    expect(await call('GET', '/ac/openapi/v2/center', { token })).toEqual({
      code: '10001',
      msg: 'internal_error',
      data: 'internal_error',
    });
    expect(await call('PUT', VNC, { token })).toMatchObject({ code: '10008' });
    expect(await call('GET', '/ac/openapi/v2/tokens/state', { token })).toMatchObject({
      code: '0',
    });
  });
});

describe('the cluster', () => {
  test.each(['', '/hpc'] as const)(
    'returns the URLs of this server, with the suffix "%s"',
    async (hpcUrlSuffix) => {
      const { call, sandbox } = await openSandbox({ hpcUrlSuffix });
      const url = sandbox.description.platformUrl;
      const service = { isManagerNode: 'false', version: '5.2.2' };
      expect((await call('GET', '/ac/openapi/v2/center')).data).toEqual({
        id: 11250,
        name: '沙盒一区【本机】',
        description: 'hpc-desk sandbox',
        clusterUserInfo: { userName: 'test_1215', homePath: '/public/home/test_1215' },
        ingressUrls: [{ enable: 'true', ...service, url }],
        hpcUrls: [
          { enable: 'false', ...service, url: `${url}/out-of-service` },
          { enable: 'true', ...service, url: url + hpcUrlSuffix },
        ],
        efileUrls: [],
        eshellUrls: [],
        aiUrls: [],
      });
    },
  );

  test('lists its scheduler', async () => {
    const { call } = await openSandbox();
    expect((await call('GET', '/hpc/openapi/v2/cluster')).data).toEqual([
      {
        id: 11250,
        text: '沙盒一区【本机】',
        JobManagerType: 'SLURM',
        JobManagerAddr: '127.0.0.1',
        JobManagerPort: '6817',
      },
    ]);
  });
});

describe('a session', () => {
  test('is created once, with the fields of the API page, and listed', async () => {
    const { call } = await openSandbox();
    const { code, msg, data } = await call<DeskSession>('PUT', VNC);
    expect({ code, msg }).toEqual({ code: '0', msg: 'success' });
    expect(data).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      createDate: '2026-01-01 08:00:00',
      hostname: 'gv101',
      ip: '127.0.0.1',
      name: `gv101:${data.sid}`,
      sid: expect.stringMatching(/^\d+$/),
      user: 'test_1215',
      jobs: 'SIG',
      width: '64',
      length: '48',
      sessionId: `gv101--test_1215--SIG--${data.sid}`,
    });
    expect((await call('PUT', VNC)).data).toEqual(data);
    expect((await call('GET', VNC)).data).toEqual([data]);
  });

  test('has an RFB server on port 5900 + sid until it is deleted', async () => {
    const { call } = await openSandbox();
    const { sid, sessionId } = (await call<DeskSession>('PUT', VNC)).data;
    const client = await connectRfb(5900 + Number(sid));
    expect((await client.hear(12)).toString()).toBe('RFB 003.008\n');
    expect(await call('DELETE', `${VNC}/${sessionId}`)).toEqual({
      code: '0',
      msg: 'success',
      data: {},
    });
    await client.hearAll();
    expect((await call('GET', VNC)).data).toEqual([]);
  });

  test('that does not exist cannot be deleted: 815010', async () => {
    const { call } = await openSandbox();
    expect(await call('DELETE', `${VNC}/gv101--x`)).toEqual({
      code: '815010',
      msg: '桌面会话不存在,删除失败',
      data: null,
    });
  });

  test('has a web page that is accessible only with its URL', async () => {
    const { call, sandbox } = await openSandbox();
    const { sessionId } = (await call<DeskSession>('PUT', VNC)).data;
    const { data: url } = await call<string>('GET', `${VNC}/${sessionId}/launchurl`);
    expect(new URL(url).origin).toBe(sandbox.description.platformUrl);
    expect(await (await fetch(url)).text()).toContain(`the desktop of session ${sessionId}.`);
    expect((await fetch(url.replace(/.$/, '-'))).status).toBe(404);
  });

  test('that does not exist has no web page', async () => {
    const { call } = await openSandbox();
    expect(await call('GET', `${VNC}/gv101--x/launchurl`)).toMatchObject({ code: '815010' });
  });

  test('is removed at 01:00 when no viewer is connected', async () => {
    const { call, clock } = await openSandbox();
    const { sid } = (await call<DeskSession>('PUT', VNC)).data;
    // The token must still be valid.
    clock.nowMs += 17 * HOUR_MS;
    expect((await call('GET', VNC)).data).toEqual([]);
    await expect(connectRfb(5900 + Number(sid))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('is kept at 01:00 while a viewer is connected', async () => {
    const { call, clock } = await openSandbox();
    const { sid } = (await call<DeskSession>('PUT', VNC)).data;
    const client = await connectRfb(5900 + Number(sid));
    await client.hear(12);
    clock.nowMs += 17 * HOUR_MS;
    expect((await call('GET', VNC)).data).toHaveLength(1);
  });
});

describe('faults', () => {
  test('busyCreates makes the first creates fail with 815201', async () => {
    const { call } = await openSandbox({ busyCreates: 2 });
    const answers = [await call('PUT', VNC), await call('PUT', VNC), await call('PUT', VNC)];
    expect(answers.map(({ code }) => code)).toEqual(['815201', '815201', '0']);
    expect(answers[0]?.msg).toBe('所有VNC节点均过载或者SSH不通,VNC会话创建失败');
  });

  test('failNext fails one request to its endpoint only', async () => {
    const { call } = await openSandbox({
      failNext: [{ endpoint: 'createSession', code: '10011' }],
    });
    expect(await call('GET', VNC)).toMatchObject({ code: '0' });
    expect(await call('PUT', VNC)).toEqual({ code: '10011', msg: '调用频次过高', data: null });
    expect(await call('PUT', VNC)).toMatchObject({ code: '0' });
  });

  test('a failure can be added while the sandbox runs', async () => {
    const { call, sandbox } = await openSandbox();
    sandbox.faults.add({ endpoint: 'listSessions', code: '815008', msg: '坏了', times: 2 });
    expect(await call('GET', VNC)).toEqual({ code: '815008', msg: '坏了', data: null });
    expect(await call('GET', VNC)).toMatchObject({ code: '815008' });
    expect(await call('GET', VNC)).toMatchObject({ code: '0' });
  });

  test('without the list endpoint, listing returns 404 and creating works', async () => {
    const { ask, call } = await openSandbox({ listing: 'notOffered' });
    expect((await ask('GET', VNC)).status).toBe(404);
    expect(await call('PUT', VNC)).toMatchObject({ code: '0' });
  });

  test('a wrong path returns 404 and a wrong method 405', async () => {
    const { ask } = await openSandbox();
    expect((await ask('GET', '/openapi/v2/desktop/vnc')).status).toBe(404);
    expect((await ask('POST', VNC)).status).toBe(405);
  });
});

describe('the signal', () => {
  test('closes the sandbox and its desktop when aborted', async () => {
    const ending = new AbortController();
    const { sandbox, call } = await openSandbox({ signal: ending.signal });
    const { sid } = (await call<DeskSession>('PUT', VNC)).data;
    ending.abort();
    await sandbox.closed;
    await expect(connectRfb(5900 + Number(sid))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(call('GET', VNC)).rejects.toThrow();
  });

  test('rejects the start when already aborted', async () => {
    await expect(openSandbox({ signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

test('desktop xvnc rejects with xvnc.failed when Xvnc is missing', async () => {
  await expect(openSandbox({ desktop: 'xvnc' })).rejects.toMatchObject({ code: 'xvnc.failed' });
});

test('desktop auto uses the built-in desktop when Xvnc is missing', async () => {
  const { sandbox } = await openSandbox({ desktop: 'auto' });
  expect(sandbox.desktop).toBe('builtin');
});

describeWith('Xvnc', 'with Xvnc installed', () => {
  test('a session is a real desktop that ends when it is deleted and when the sandbox closes', async () => {
    const { call, sandbox } = await openSandbox({
      desktop: 'auto',
      environment: process.env,
      geometry: { widthPx: 320, heightPx: 240 },
    });
    expect(sandbox.desktop).toBe('xvnc');
    const ends: (() => Promise<unknown>)[] = [
      () => call('DELETE', `${VNC}/${sandbox.sessions.list()[0]?.sessionId}`),
      () => sandbox.close(),
    ];
    for (const end of ends) {
      const port = 5900 + Number((await call<DeskSession>('PUT', VNC)).data.sid);
      expect(await (await connectRfb(port)).hear(12)).toEqual(Buffer.from('RFB 003.008\n'));
      await end();
      await expect(connectRfb(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });
});
