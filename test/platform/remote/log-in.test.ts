import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { answer, reply, type Step } from '../../helpers/scripted-server.js';
import {
  bare,
  CALLS,
  type CallName,
  CLUSTERS,
  createTestAccounts,
  KEYS,
  run,
} from './test-accounts.js';
import { errorOf, NOW, startServer } from './test-platform.js';

describe.each<CallName>(['key', 'password'])('a login by %s', (name) => {
  const d = 'd.e.f';

  it.each<[string, unknown, unknown]>([
    [
      'the example of the API page',
      CLUSTERS,
      [
        { id: '11112', name: 'OpenAPI计算中心', token: d },
        { id: '20091', name: '停用', token: undefined },
      ],
    ],
    [
      'a number for an id',
      [{ clusterId: 7, clusterName: 'x', token: d }],
      [{ id: '7', name: 'x', token: d }],
    ],
    ['no name', [{ clusterId: '7', token: d }], [{ id: '7', name: '', token: d }]],
    ['no token', [{ clusterId: '7' }], [{ id: '7', name: '', token: undefined }]],
    ['an empty token', [{ clusterId: '7', token: '' }], [{ id: '7', name: '', token: undefined }]],
    ['nothing but the platform', [CLUSTERS[0]], []],
    ['no entry', [], []],
    ['null', null, []],
  ])('returns the clusters of %s', async (_, data, clusters) => {
    await expect(run(name, reply('0', data))).resolves.toEqual(clusters);
  });

  const page = name === 'key' ? 'get-user-tokens-aksk' : 'get-user-tokens';
  it.each<[unknown, string]>([
    ['SECRET', 'data ≠ Array'],
    [{ token: 'SECRET' }, 'data ≠ Array'],
    [['SECRET'], 'data.0 ≠ Object'],
    [[{ token: d }], 'data.0.clusterId ≠ "clusterId"'],
    [
      [
        { clusterId: '1', token: d },
        { clusterId: '2', token: 'SECRET\r\n' },
      ],
      'data.1.token',
    ],
    [[{ clusterId: '1', token: 'SECRET SECRET' }], 'data.0.token'],
    [[{ clusterId: '1', token: '密SECRET' }], 'data.0.token'],
    [[{ clusterId: '1', token: 'S'.repeat(8193) }], 'data.0.token'],
    [[{ clusterId: '1', token: ['SECRET'] }], 'data.0.token ≠ string'],
    [Array(1_001).fill({ clusterId: '1' }), 'data ≠ <=1000'],
  ])('rejects the data %j', async (data, problem) => {
    const error = await errorOf(run(name, reply('0', data)));
    expect({ code: error.code, ...error.details }).toEqual({
      code: 'network.unusableAnswer',
      endpoint: page,
      problem,
    });
  });

  it.each([
    ['10001', 'internal_error', 'platform.fault', 5],
    ['10003', 'param_incomplete', 'platform.refused', 5],
    ['10004', '参数无效', 'platform.refused', 5],
    ['10008', '权限不足', 'auth.rejected', 4],
    ['10009', '用户不存在', 'auth.rejected', 4],
    ['10009', '校验失败', 'auth.rejected', 4],
    ['10011', '调用频次过高', 'platform.rateLimited', 10],
    ['424242', '?', 'platform.refused', 5],
  ])('that is answered with %s %s fails with %s, exit %s', async (code, msg, ours, exitCode) => {
    const error = await errorOf(run(name, reply(code, null, msg)));
    expect(error).toMatchObject({ code: ours, exitCode, platform: { code, msg } });
  });

  it.each<[string, Step[], string]>([
    ['401', bare(401), 'auth.rejected'],
    ['403', bare(403), 'platform.forbidden'],
    ['502', bare(502), 'network.unusableAnswer'],
    ['429', bare(429), 'platform.rateLimited'],
    ['a captive portal page', bare(200), 'network.unusableAnswer'],
    [
      'a truncated response',
      [{ send: 'HTTP/1.1 200 OK\r\n\r\n{' }, { close: 'end' }],
      'network.unusableAnswer',
    ],
    ['a reset connection', [{ close: 'reset' }], 'network.unreachable'],
  ])('that is answered with %s fails without exposing secrets', async (_, script, code) => {
    const server = await startServer(script);
    const accounts = createTestAccounts(server.origin);
    const error = await errorOf(CALLS[name](accounts));
    expect(error.code).toBe(code);
    const seen = inspect([error, accounts.logged], { depth: Number.POSITIVE_INFINITY });
    expect(seen).not.toContain('SENTINEL');
  });
});

describe('a wrong local clock', () => {
  const MINUTE_MS = 60_000;
  const DAY_MS = 24 * 60 * MINUTE_MS;
  const NO = '{"code":"10009","msg":"AK/SK签名校验失败"}';
  const httpDate = (offsetMs: number) => new Date(NOW.getTime() + offsetMs).toUTCString();
  const refusalWith = (headers: Record<string, string>) => answer(NO, { headers });
  const timestampOf = (request = '') =>
    Number(/\r\ntimestamp: (\d+)\r\n/.exec(request)?.[1]) * 1000;

  async function logIn(...scripts: Step[][]) {
    const server = await startServer(...scripts);
    const accounts = createTestAccounts(server.origin);
    const result = await accounts.logInWithAccessKey(KEYS).catch((error: unknown) => error);
    const offsetsMs = server.requests.map((request) => timestampOf(request) - NOW.getTime());
    return { result, offsetsMs, skewsMs: accounts.skewsMs };
  }

  it.each([
    -401 * DAY_MS,
    -365 * DAY_MS,
    -DAY_MS,
    -120 * MINUTE_MS,
    -2 * MINUTE_MS,
    0,
    2 * MINUTE_MS,
    120 * MINUTE_MS,
    DAY_MS,
    365 * DAY_MS,
    401 * DAY_MS,
  ])('off by %s ms is corrected once, up to 400 days', async (offsetMs) => {
    const { result, offsetsMs, skewsMs } = await logIn(
      refusalWith({ date: httpDate(offsetMs) }),
      reply('0', CLUSTERS),
    );
    const isCorrected = offsetMs !== 0 && Math.abs(offsetMs) <= 400 * DAY_MS;
    expect(offsetsMs).toEqual(isCorrected ? [0, offsetMs] : [0]);
    expect(skewsMs).toEqual(isCorrected ? [offsetMs] : []);
    if (isCorrected) expect(result).toHaveLength(2);
    else expect(result).toMatchObject({ code: 'auth.rejected' });
  });

  it.each([
    [{}],
    [{ date: '' }],
    [{ date: 'yesterday' }],
    [{ date: '-1' }],
    [{ date: '1675317600' }],
    [{ date: '9'.repeat(8_000) }],
    [{ date: new Date(NOW.getTime() + 3_600_000).toISOString() }],
  ])('is not corrected by the headers %j', async (headers) => {
    const { result, offsetsMs, skewsMs } = await logIn(refusalWith(headers), reply('0', CLUSTERS));
    expect({ offsetsMs, skewsMs }).toEqual({ offsetsMs: [0], skewsMs: [] });
    expect(result).toMatchObject({ code: 'auth.rejected' });
  });

  it('is reported once even if the correction does not help, with the platform’s last message', async () => {
    const date = httpDate(3_600_000);
    const last = answer('{"code":"10009","msg":"用户不存在"}', { headers: { date } });
    const { result, offsetsMs, skewsMs } = await logIn(refusalWith({ date }), last);
    expect({ offsetsMs, skewsMs }).toEqual({ offsetsMs: [0, 3_600_000], skewsMs: [3_600_000] });
    expect(result).toMatchObject({ code: 'auth.rejected', platform: { msg: '用户不存在' } });
  });

  it('is corrected at most once', async () => {
    const { offsetsMs, skewsMs } = await logIn(
      refusalWith({ date: httpDate(3_600_000) }),
      refusalWith({ date: httpDate(7_200_000) }),
      reply('0', CLUSTERS),
    );
    expect(offsetsMs).toHaveLength(2);
    expect(skewsMs).toEqual([3_600_000]);
  });

  it.each([['用户不存在'], ['AK/SK非本人'], ['User does not exist']])(
    'is not corrected after the message %s',
    async (msg) => {
      const refusal = answer(JSON.stringify({ code: '10009', msg }), {
        headers: { date: httpDate(3_600_000) },
      });
      const { offsetsMs } = await logIn(refusal, reply('0', CLUSTERS));
      expect(offsetsMs).toEqual([0]);
    },
  );

  it.each([
    ['1004', 'AK/SK签名校验失败', 2],
    ['10001', '时间戳超出允许范围', 2],
    ['10009', '', 2],
    ['10008', '权限不足', 1],
    ['10001', 'internal_error', 1],
    ['10011', '调用频次过高', 1],
  ])('after code %s %s results in %s requests', async (code, msg, requests) => {
    const headers = { date: httpDate(3_600_000) };
    const { offsetsMs } = await logIn(
      answer(JSON.stringify({ code, msg }), { headers }),
      reply('0', CLUSTERS),
    );
    expect(offsetsMs).toHaveLength(requests);
  });

  it('does not affect a login by password', async () => {
    const server = await startServer(refusalWith({ date: httpDate(3_600_000) }));
    await errorOf(CALLS.password(createTestAccounts(server.origin)));
    expect(server.requests).toHaveLength(1);
  });
});
