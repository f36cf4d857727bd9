import { describe, expect, it } from 'vitest';
import { answer, reply, type Step } from '../../helpers/scripted-server.js';
import { bare, CENTER, run } from './test-accounts.js';
import { errorOf } from './test-platform.js';

describe('a cluster', () => {
  const whole = {
    id: '11112',
    name: 'OpenAPI计算中心',
    clusterUser: 'test',
    apiUrls: ['https://one.example:65106/hpc', 'https://two.example:65106'],
  };

  it.each<[string, unknown, unknown]>([
    ['the example of the API page', CENTER, whole],
    ['an array of one', [CENTER], whole],
    ['an id as a text', { ...CENTER, id: '11112' }, whole],
    ['no hpcUrls', { ...CENTER, hpcUrls: undefined }, { ...whole, apiUrls: [] }],
    ['hpcUrls null', { ...CENTER, hpcUrls: null }, { ...whole, apiUrls: [] }],
    [
      'no enabled URL',
      { ...CENTER, hpcUrls: CENTER.hpcUrls.slice(0, 1) },
      { ...whole, apiUrls: [] },
    ],
    ['invalid entries', { ...CENTER, hpcUrls: [null, 7, 'x', [], {}] }, { ...whole, apiUrls: [] }],
    ['no user', { ...CENTER, clusterUserInfo: null }, { ...whole, clusterUser: '' }],
    ['a user without name', { ...CENTER, clusterUserInfo: {} }, { ...whole, clusterUser: '' }],
    ['no name', { ...CENTER, name: null }, { ...whole, name: '' }],
  ])('is parsed from %s', async (_, data, center) => {
    await expect(run('center', reply('0', data))).resolves.toEqual(center);
  });

  it.each<[unknown, string]>([
    [null, 'data ≠ Object'],
    ['SECRET', 'data ≠ Object'],
    [[], 'data.id ≠ "id"'],
    [[CENTER, CENTER], 'data.id ≠ "id"'],
    [{ name: 'x' }, 'data.id ≠ "id"'],
    [{ ...CENTER, hpcUrls: 'SECRET' }, 'data.hpcUrls ≠ Array'],
    [{ ...CENTER, clusterUserInfo: 'SECRET' }, 'data.clusterUserInfo ≠ Object'],
  ])('is not parsed from %j', async (data, problem) => {
    const error = await errorOf(run('center', reply('0', data)));
    expect(error.details).toEqual({ endpoint: 'get-center-info', problem });
  });

  it.each([
    ['10001', 'internal_error', 'platform.fault'],
    ['10009', '没有权限访问接口', 'platform.refused'],
    ['10008', '权限不足', 'platform.refused'],
    ['401', '用户未登录!', 'auth.expired'],
  ])('fails after code %s %s: %s', async (code, msg, ours) => {
    const error = await errorOf(run('center', reply(code, 'internal_error', msg)));
    expect(error).toMatchObject({ code: ours, platform: { code, msg } });
  });
});

describe('a renewed token', () => {
  const whole = (envelope: object) => answer(JSON.stringify({ code: '0', ...envelope }));

  it.each<[string, Step[]]>([
    ['a text', reply('0', 'new')],
    ['an object', reply('0', { token: 'new' })],
    ['a list', reply('0', [{ token: 'new' }])],
    ['a cluster list', reply('0', [{ clusterId: 7, clusterName: 'x', token: 'new' }])],
    ['beside data', whole({ token: 'new' })],
    ['beside a list', whole({ token: 'new', data: [{ clusterId: '7', token: 'other' }] })],
    ['data beside a token that is null', whole({ token: null, data: 'new' })],
  ])('is parsed from %s', async (_, script) => {
    await expect(run('renewal', script)).resolves.toBe('new');
  });

  it.each<[unknown]>([
    [null],
    [''],
    [[]],
    [{}],
    [7],
    ['SECRET\n'],
    [{ token: null }],
    [['SECRET']],
  ])('is not parsed from %j', async (data) => {
    const error = await errorOf(run('renewal', reply('0', data)));
    expect(error).toMatchObject({
      code: 'network.unusableAnswer',
      details: { endpoint: 'renewal-token', problem: expect.not.stringContaining('SECRET') },
    });
  });

  it.each<[string, Step[], string]>([
    ['10008', reply('10008'), 'auth.expired'],
    ['10009', reply('10009'), 'auth.expired'],
    ['401', bare(401), 'auth.expired'],
    ['code 401', reply('401'), 'auth.expired'],
    ['10001', reply('10001'), 'platform.fault'],
    ['10003', reply('10003'), 'auth.expired'],
    ['an unknown code', reply('424242'), 'auth.expired'],
    ['403', bare(403), 'auth.expired'],
    ['10011', reply('10011'), 'platform.rateLimited'],
    ['502', bare(502), 'network.unusableAnswer'],
  ])('is not returned for %s: %s', async (_, script, code) => {
    await expect(errorOf(run('renewal', script))).resolves.toMatchObject({ code });
  });
});

it('a refused renewal reports the platform’s message', async () => {
  const error = await errorOf(run('renewal', reply('424242', null, '不能续约')));
  expect(error).toMatchObject({
    code: 'auth.expired',
    platform: { code: '424242', msg: '不能续约' },
    cause: { code: 'platform.refused' },
  });
});

describe('the check of a token', () => {
  it.each<[string, Step[], boolean]>([
    ['0', reply('0', 'token is valid'), true],
    ['0 as a number', reply(0), true],
    ...['10003', '10004', '10008', '10009', '401', '1001', '424242'].map(
      (code): [string, Step[], boolean] => [code, reply(code), false],
    ),
    ['401', bare(401), false],
    ['403', bare(403), false],
    ['10008 with 403', answer('{"code":"10008"}', { status: 403 }), false],
    ['an unknown code with 403', answer('{"code":"424242"}', { status: 403 }), false],
  ])('returns a result for %s', async (_, script, isAccepted) => {
    await expect(run('check', script)).resolves.toBe(isAccepted);
  });

  it.each<[string, Step[], string]>([
    ['10001', reply('10001'), 'platform.fault'],
    ['10011', reply('10011'), 'platform.rateLimited'],
    ['a reset connection', [{ close: 'reset' }], 'network.unreachable'],
    ['HTML', bare(200), 'network.unusableAnswer'],
    ['404', bare(404), 'network.unusableAnswer'],
    ['502', bare(502), 'network.unusableAnswer'],
    ['429', bare(429), 'platform.rateLimited'],
  ])('throws for %s', async (_, script, code) => {
    await expect(errorOf(run('check', script))).resolves.toMatchObject({ code });
  });
});
