import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { findDisplayProblem } from '../../../src/transport/viewer/machine.js';
import { freePort } from '../../helpers/free-port.js';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

test.each([
  ['linux', {}, 'noDisplay'],
  ['linux', { DISPLAY: '' }, 'noDisplay'],
  ['freebsd', { WAYLAND_DISPLAY: '' }, 'noDisplay'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, undefined],
  ['linux', { DISPLAY: ':59999' }, 'deadDisplay'],
  ['linux', { DISPLAY: 'unix:59999.0' }, 'deadDisplay'],
  ['linux', { DISPLAY: 'elsewhere.example:0' }, undefined],
  ['darwin', {}, undefined],
  ['win32', {}, undefined],
] as const)('on %s with %j: %s', async (platform, environment, problem) => {
  expect(await findDisplayProblem(platform, environment)).toBe(problem);
});

test('a display forwarded by ssh is usable while its port accepts connections', async () => {
  const port = await freePort();
  const environment = { DISPLAY: `localhost:${port - 6_000}.0` };
  expect(await findDisplayProblem('linux', environment)).toBe('deadDisplay');
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  closers.push(() => server.close());
  await once(server, 'listening');
  expect(await findDisplayProblem('linux', environment)).toBeUndefined();
});
