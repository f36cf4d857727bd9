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

describe('a session is reached', () => {
  it.each([
    ['auto', undefined, 'direct'],
    ['auto', VIA, 'ssh'],
    ['direct', undefined, 'direct'],
    ['direct', VIA, 'direct'],
    ['ssh', VIA, 'ssh'],
  ] as const)('by route %s and login node %s: %s', (asked, via, kind) => {
    const route = routeTo(EXAMPLE_SESSION, chooseLoginNode({ kind: asked, via, clusterUser: '' }));
    expect([route.kind, route.target]).toEqual([kind, target]);
  });

  it('through ssh only when a login node is known', () => {
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
  ])('of %s with cluster user %j is %s', (via, clusterUser, user) => {
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

describe('a key that was named', () => {
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
  ])('with --via %s says the rest', (via, key, found) => {
    const node = via === undefined ? undefined : parseLoginNode(via);
    expect(viaOf({ via: node, key })).toEqual({ ...found, identityFile: path });
  });

  it('is not used on a direct route', () => {
    expect(viaOf({ kind: 'direct', key: named })).toBeUndefined();
  });

  it('needs a login node, where its name tells none', () => {
    expect(errorFrom(() => viaOf({ key: { path } })).code).toBe('usage.missingOption');
  });
});

const ZONE = 'Asia/Shanghai';
const TAIL = '_RsaKeyExpireTime_2027-01-31_12-30-00.txt';

describe('the name of a key from the console', () => {
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

  it('tells when it expires, by the clock of the platform', () => {
    const { expiresAt } = parseKeyFileName(`me_login.example${TAIL}`, ZONE) ?? {};
    expect(expiresAt).toEqual(new Date('2027-01-31T04:30:00Z'));
    const utc = parseKeyFileName(`me_login.example${TAIL}`, 'UTC');
    expect(utc?.expiresAt).toEqual(new Date('2027-01-31T12:30:00Z'));
  });

  it.each([' (1).txt', '(12).txt'])('may have been saved again by a browser: %s', (end) => {
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
  ])('is not %j', (name) => {
    expect(parseKeyFileName(name, ZONE)).toBeUndefined();
  });
});
