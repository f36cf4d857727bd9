import { describe, expect, it } from 'vitest';
import {
  chooseLoginNode,
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
