import { describe, expect, it } from 'vitest';
import { isSameTunnel, STATE_AFTER, selectTunnel } from '../../../src/domain/connect/tunnels.js';
import type { StatusMessage } from '../../../src/model/status.js';
import type { Tunnel } from '../../../src/store/tunnel-records.js';
import { errorFrom } from '../../helpers/error-from.js';

const tunnel = (id: string, sessionId: string) => ({ id, sessionId }) as Tunnel;
const ONE = tunnel('1f2e3d4c', 'gv101--me--SIG--4');
const OTHER = tunnel('1fffffff', 'gv102--me--SIG--5');

describe('selectTunnel', () => {
  it.each([
    [undefined, [ONE], ONE],
    ['1f2e3d4c', [ONE, OTHER], ONE],
    ['1f2', [ONE, OTHER], ONE],
    ['gv102--me--SIG--5', [ONE, OTHER], OTHER],
    ['gv102', [ONE, OTHER], OTHER],
  ])('finds a tunnel by %s', (selector, tunnels, found) => {
    expect(selectTunnel(tunnels, selector)).toBe(found);
  });

  it.each([
    [undefined, [], 'tunnel.notFound'],
    ['', [ONE], 'tunnel.notFound'],
    ['v101', [ONE], 'tunnel.notFound'],
    ['gv10', [ONE, OTHER], 'tunnel.ambiguous'],
    [undefined, [ONE, OTHER], 'tunnel.ambiguous'],
    ['1f', [ONE, OTHER], 'tunnel.ambiguous'],
  ])('rejects the selector %s among %j: %#', (selector, tunnels, code) => {
    expect(errorFrom(() => selectTunnel(tunnels, selector)).code).toBe(code);
  });
});

it.each<[StatusMessage, string | undefined]>([
  [{ kind: 'lost', reason: 'reset' }, 'reconnecting'],
  [{ kind: 'redialling', tries: 1, nextTryInMs: 1 }, 'reconnecting'],
  [{ kind: 'restored' }, 'connected'],
  [{ kind: 'idle' }, 'connected'],
  [{ kind: 'sshAlive' }, undefined],
])('after %j a tunnel is %s', (message, state) => {
  expect(STATE_AFTER[message.kind]).toBe(state);
});

it('isSameTunnel compares session, route and login node', () => {
  const key = { sessionId: 's', route: 'ssh', via: 'me@a' } as const;
  expect(isSameTunnel(key, { ...key })).toBe(true);
  expect(isSameTunnel(key, { ...key, via: 'me@b' })).toBe(false);
  expect(isSameTunnel(key, { ...key, route: 'direct', via: null })).toBe(false);
  expect(isSameTunnel(key, { ...key, sessionId: 't' })).toBe(false);
});
