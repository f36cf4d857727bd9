import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { describeWith } from '../helpers/real-components.js';
import { BIN } from '../helpers/run-bin.js';
import { runCli, startCli } from '../helpers/run-cli.js';

it('prints the login data, keeps running, and stops on Ctrl-C', async () => {
  const running = startCli('sandbox --desktop builtin --geometry 640x480 --json');
  const description = JSON.parse(await running.ready);
  expect(Object.keys(description)).toEqual([
    'apiUrl',
    'platformUrl',
    'authUrl',
    'user',
    'password',
    'orgId',
    'accessKey',
    'secretKey',
    'cluster',
    'token',
  ]);
  const environment = { HPC_DESK_TOKEN: description.token, HPC_DESK_API_URL: description.apiUrl };
  const created = await runCli('vnc create --json', { environment });
  expect(JSON.parse(created.stdout)).toMatchObject({ widthPx: 640, heightPx: 480, created: true });

  running.send('SIGINT');
  const { exitCode, stdout } = await running.ended;
  expect([exitCode, stdout.split('\n')]).toEqual([130, [JSON.stringify(description), '']]);
  expect((await runCli('vnc list', { environment })).exitCode).toBe(6);
});

it('prints environment variables for the other commands with -o env', async () => {
  const running = startCli('sandbox --desktop builtin -o env -q');
  await running.ready;
  running.send('SIGTERM');
  const { exitCode, stdout } = await running.ended;
  expect(exitCode).toBe(143);
  expect(stdout).toMatch(/^HPC_DESK_API_URL='http:\/\/127\.0\.0\.1:\d+'$/m);
  expect(stdout).toMatch(/^HPC_DESK_TOKEN='eyJ[\w.-]+'$/m);
});

it.each(['63x480', '640x', 'x', '99999x99999', '640*480', '-1x5'])(
  'rejects the geometry %s',
  async (geometry) => {
    expect((await runCli(`sandbox --geometry=${geometry}`)).exitCode).toBe(2);
  },
);

describeWith(['unshare', 'ip'], 'on a machine without 127.0.0.1', () => {
  const asRoot = it.skipIf(process.geteuid?.() !== 0);

  asRoot('sandbox exits with 7, a one-line error and a hint', () => {
    const script =
      'PATH=$PATH:/usr/sbin:/sbin; ip link set lo up; ip addr del 127.0.0.1/8 dev lo; exec "$@"';
    const argv = ['-n', 'sh', '-c', script, 'sh', process.execPath, BIN, 'sandbox', '-q'];
    const { status, stdout, stderr } = spawnSync('unshare', argv, { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({
      status: 7,
      stdout: '',
      stderr:
        'error: cannot open a local port or socket: address not available\nhint:  hpc-desk doctor\n',
    });
  });
});
