import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseToken, type Token } from '../../../src/model/token.js';
import { ACCOUNT_ENDPOINTS } from '../../../src/platform/remote/account-endpoints.js';
import {
  chooseRenewedToken,
  toClusterFacts,
} from '../../../src/platform/remote/account-mapping.js';
import { errorFrom } from '../../helpers/error-from.js';
import { baseUrlOf } from './test-platform.js';

const SCNET = 'https://www.example';
const LOCAL = 'http://127.0.0.1:8080';
const CLEAR = 'http://www.example';
const CLUSTER_URL = 'https://zz.example:65051';

function urlsOf(hpcUrls: { url?: unknown; enable?: unknown }[], platformUrl = SCNET) {
  const wire = { id: '1', name: '', clusterUserInfo: null, hpcUrls };
  return toClusterFacts(wire, baseUrlOf(platformUrl)).apiUrls;
}

it('keeps at most 16 URLs of a cluster', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({ url: `https://n${index}.example` }));
  expect(urlsOf(many)).toHaveLength(16);
});

describe('the URLs of a cluster', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    [true, true],
    [undefined, true],
    [null, true],
    ['1', true],
    [1, true],
    ['false', false],
    ['False', false],
    [false, false],
    [0, false],
    ['', false],
    ['no', false],
    [{}, false],
  ])('are used with enable %j: %s', (enable, isUsed) => {
    expect(urlsOf([{ url: CLUSTER_URL, enable }])).toEqual(isUsed ? [CLUSTER_URL] : []);
  });

  it.each([
    [`${CLUSTER_URL}/`, SCNET, CLUSTER_URL],
    [`${CLUSTER_URL}/hpc`, SCNET, `${CLUSTER_URL}/hpc`],
    [undefined, SCNET, undefined],
    [null, SCNET, undefined],
    ['', SCNET, undefined],
    [7, SCNET, undefined],
    [[CLUSTER_URL], SCNET, undefined],
    ['zz.example:65051', SCNET, undefined],
    ['ftp://zz.example', SCNET, undefined],
    ['javascript:alert(1)', SCNET, undefined],
    ['https://user:word@zz.example', SCNET, undefined],
    ['https://zz.example?x', SCNET, undefined],
    ['https://zz.example/\r\nx', SCNET, undefined],
    ['http://zz.example', SCNET, undefined],
    ['http://zz.example', LOCAL, undefined],
    ['http://zz.example', CLEAR, 'http://zz.example'],
    [CLUSTER_URL, CLEAR, CLUSTER_URL],
    [CLUSTER_URL, LOCAL, CLUSTER_URL],
    ['http://127.0.0.1:9', LOCAL, 'http://127.0.0.1:9'],
    ['http://127.0.0.1:9', SCNET, undefined],
    ['https://localhost', SCNET, undefined],
    ['http://[::1]', CLEAR, undefined],
  ])('are filtered: %j of the platform %s', (url, platformUrl, kept) => {
    expect(urlsOf([{ url }], platformUrl)).toEqual(kept === undefined ? [] : [kept]);
  });

  it('keep their order, without duplicates', () => {
    const [a, b] = ['https://a.example', 'https://b.example'];
    expect(urlsOf([{ url: b }, { url: 'no' }, { url: a }, { url: `${b}/` }])).toEqual([b, a]);
  });
});

it('omits the platform’s own entry, by id or by name', () => {
  const token = 't';
  const wires = [
    { clusterId: '0', clusterName: '', token },
    { clusterId: '11125', clusterName: 'ac', token },
    { clusterId: '11250', clusterName: '华东一区【昆山】', token },
    { clusterId: '20091', clusterName: '', token: null },
  ];
  const { response } = ACCOUNT_ENDPOINTS.logInWithPassword;
  expect(v.parse(response, wires)).toEqual([
    { id: '11250', name: '华东一区【昆山】', token },
    { id: '20091', name: '', token: undefined },
  ]);
});

describe('of several renewed tokens', () => {
  const tokenOf = (clusterId?: string) => {
    const claims = Buffer.from(JSON.stringify({ clusterId })).toString('base64url');
    return parseToken(`h.${claims}.s`) as Token;
  };
  const renewed = (clusterId: string) => ({
    clusterId,
    token: parseToken(`new-${clusterId}`) as Token,
  });

  it.each([
    ['20091', 'new-20091'],
    ['11250', 'new-11250'],
  ])('the one for cluster %s is chosen: %s', (clusterId, token) => {
    const wires = [renewed('0'), renewed('11250'), renewed('20091')] as const;
    expect(chooseRenewedToken(wires, tokenOf(clusterId))).toBe(token);
  });

  it.each(['7', undefined])(
    'none is chosen for cluster %s, which is not among them',
    (clusterId) => {
      const wires = [renewed('0'), renewed('11250')] as const;
      expect(errorFrom(() => chooseRenewedToken(wires, tokenOf(clusterId))).code).toBe(
        'network.unusableAnswer',
      );
    },
  );

  it('the only one is chosen, whatever its cluster', () => {
    expect(chooseRenewedToken([renewed('0')], tokenOf('7'))).toBe('new-0');
  });
});
