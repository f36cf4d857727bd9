import { describe, expect, it } from 'vitest';
import {
  chooseLoginNode,
  parseKeyFileName,
  type RouteFacts,
  routeTo,
} from '../../../src/domain/connect/choose-route.js';
import { type HostName, parseLoginNode, type UserName } from '../../../src/model/endpoint.js';
import { errorFrom } from '../../helpers/error-from.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';

const target = { host: '10.0.41.101', port: 5904 };
const VIA = parseLoginNode('login.example:65023');

describe('the route to a session', () => {
  it.each([
    ['auto', undefined, 'direct'],
    ['auto', VIA, 'ssh'],
    ['direct', undefined, 'direct'],
    ['direct', VIA, 'direct'],
    ['ssh', VIA, 'ssh'],
  ] as const)('with --route %s and login node %s is %s', (asked, via, kind) => {
    const route = routeTo(EXAMPLE_SESSION, chooseLoginNode({ kind: asked, via, clusterUser: '' }));
    expect([route.kind, route.target]).toEqual([kind, target]);
  });

  it('through ssh requires a login node', () => {
    const facts: RouteFacts = { kind: 'ssh', via: undefined, clusterUser: 'me' };
    const error = errorFrom(() => routeTo(EXAMPLE_SESSION, chooseLoginNode(facts)));
    expect([error.code, error.details]).toMatchObject(['usage.missingOption', { option: '--via' }]);
  });
});

describe('the user of the login node', () => {
  it.each([
    ['me@login.example', 'test_1215', 'me'],
    ['login.example', 'test_1215', 'test_1215'],
    ['login.example', '', undefined],
    ['login.example', '-oProxyCommand=id', undefined],
    ['login.example', 'a b', undefined],
    ['login.example', '用户', undefined],
  ])('for %s with cluster user %j is %s', (via, clusterUser, user) => {
    const route = routeTo(
      EXAMPLE_SESSION,
      chooseLoginNode({
        kind: 'auto',
        via: parseLoginNode(via),
        clusterUser,
      }),
    );
    expect(route.kind === 'ssh' && route.via.user).toBe(user);
  });
});

describe('a key given by --identity', () => {
  const path = '/home/me/key.txt';
  const named = { path, user: 'keyed' as UserName, host: 'key.example' as HostName };
  const viaOf = (facts: Partial<RouteFacts>) => {
    const known = { kind: 'auto', via: undefined, clusterUser: 'cluster', ...facts } as const;
    const route = routeTo(EXAMPLE_SESSION, chooseLoginNode(known));
    return route.kind === 'ssh' ? route.via : undefined;
  };

  it.each([
    [undefined, named, { host: 'key.example', port: undefined, user: 'keyed' }],
    ['login.example:65023', named, { host: 'login.example', port: 65023, user: 'keyed' }],
    ['me@login.example', named, { host: 'login.example', port: undefined, user: 'me' }],
    ['login.example', { path }, { host: 'login.example', port: undefined, user: 'cluster' }],
  ])('with --via %s provides the missing user and host', (via, key, found) => {
    const node = via === undefined ? undefined : parseLoginNode(via);
    expect(viaOf({ via: node, key })).toEqual({ ...found, identityFile: path });
  });

  it('is not used on a direct route', () => {
    expect(viaOf({ kind: 'direct', key: named })).toBeUndefined();
  });

  it('requires a login node if its file name contains none', () => {
    expect(errorFrom(() => viaOf({ key: { path } })).code).toBe('usage.missingOption');
  });
});

const ZONE = 'Asia/Shanghai';
const TAIL = '_RsaKeyExpireTime_2027-01-31_12-30-00.txt';

describe('the file name of a key from the web console', () => {
  it.each([
    ['test_zzeshell.scnet.cn', 'test', 'zzeshell.scnet.cn'],
    ['test_1215_zzeshell.scnet.cn', 'test_1215', 'zzeshell.scnet.cn'],
    ['a_b_c_login.example', 'a_b_c', 'login.example'],
    ['_me_login.example', '_me', 'login.example'],
    ['me__login.example', 'me_', 'login.example'],
    ['ac-x.y_login01', 'ac-x.y', 'login01'],
    ['me_10.0.0.7', 'me', '10.0.0.7'],
  ])('%s: user %s, host %s', (head, user, host) => {
    expect(parseKeyFileName(`${head}${TAIL}`, ZONE)).toMatchObject({ user, host });
  });

  it('contains the expiry time in the time zone of the platform', () => {
    const { expiresAt } = parseKeyFileName(`me_login.example${TAIL}`, ZONE) ?? {};
    expect(expiresAt).toEqual(new Date('2027-01-31T04:30:00Z'));
    const utc = parseKeyFileName(`me_login.example${TAIL}`, 'UTC');
    expect(utc?.expiresAt).toEqual(new Date('2027-01-31T12:30:00Z'));
  });

  it.each([' (1).txt', '(12).txt'])('may have the suffix of a repeated download: %s', (end) => {
    const name = `me_login.example${TAIL}`.replace('.txt', end);
    expect(parseKeyFileName(name, ZONE)).toMatchObject({ user: 'me', host: 'login.example' });
  });

  it.each([
    'id_ed25519',
    `login.example${TAIL}`,
    `_login.example${TAIL}`,
    `me_-oProxyCommand=id${TAIL}`,
    `-oProxyCommand=id_login.example${TAIL}`,
    `me_login..example${TAIL}`,
    `a b_login.example${TAIL}`,
    `me_${TAIL}`,
    `me_login.example_RsaKeyExpireTime_2027-02-30_12-30-00.txt`,
    `me_login.example_RsaKeyExpireTime_2027-01-31_24-00-00.txt`,
    `me_login.example_RsaKeyExpireTime_2027-01-31.txt`,
    `me_login.example${TAIL}.gz`,
    `keys/me_login.example${TAIL}`,
    `me_login.example${TAIL}\n`,
    `keys\nme_login.example${TAIL}`,
  ])('does not match %j', (name) => {
    expect(parseKeyFileName(name, ZONE)).toBeUndefined();
  });
});
