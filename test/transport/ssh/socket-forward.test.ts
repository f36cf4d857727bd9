import { expect, test } from 'vitest';
import { type Endpoint, type LoginNode, parseLoginNode } from '../../../src/model/endpoint.js';
import { openSocketForward } from '../../../src/transport/ssh/socket-forward.js';

const route = {
  kind: 'ssh',
  target: { host: '10.0.0.7', port: 5904 } as Endpoint,
  via: parseLoginNode('me@login.example') as LoginNode,
} as const;
const never = new Promise<never>(() => {});
const { signal } = new AbortController();

test('a connection that the system cannot open is not blamed on ssh', async () => {
  const forward = { socketPath: '/nowhere/0.sock', stderrTail: () => '', ended: never };
  await expect(openSocketForward(route, forward, signal)).rejects.toMatchObject({
    code: 'tunnel.lost',
    details: { target: '10.0.0.7:5904', reason: 'no such file or directory' },
  });
});

test('where ssh has ended, its own words are the reason', async () => {
  const stderrTail = () => 'Timeout, server login.example not responding.';
  const forward = {
    socketPath: '/nowhere/0.sock',
    stderrTail,
    ended: Promise.resolve({ exitCode: 255 }),
  };
  await expect(openSocketForward(route, forward, signal)).rejects.toMatchObject({
    code: 'ssh.exited',
    details: { exitCode: 255, reason: stderrTail() },
  });
});
