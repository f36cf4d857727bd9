import { access } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import type { Port } from '../../../src/model/endpoint.js';
import type { ViewerOptions } from '../../../src/transport/transport.js';
import type { RunningViewer } from '../../../src/transport/viewer/start-viewer.js';
import { startViewer } from '../../../src/transport/viewer/start-viewer.js';
import { eventually } from '../../helpers/eventually.js';
import { createFakeViewer } from './fake-viewer.js';

const SECRET = 'correcthorse';
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: '/home/li',
  LANG: 'zh_CN.UTF-8',
  DISPLAY: ':9',
  WAYLAND_DISPLAY: 'wayland-0',
  XAUTHORITY: '/home/li/.Xauthority',
  HPC_DESK_TOKEN: 'a-token',
  HPC_DESK_VNC_PASSWORD: SECRET,
};

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start(id: string, ending: string, options: Partial<ViewerOptions> = {}) {
  const fake = await createFakeViewer(ending);
  cleanUps.push(fake.remove);
  const running = await startViewer(
    { id, name: `name of ${id}`, path: fake.path, version: '', takesSocket: false },
    {
      address: { kind: 'tcp', host: '127.0.0.1', port: 43210 as Port },
      password: SECRET,
      viewOnly: false,
      fullScreen: false,
      signal: new AbortController().signal,
      ...options,
    },
    ENVIRONMENT,
  );
  cleanUps.push(running.close);
  return { fake, running };
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isSettled = (running: RunningViewer) =>
  Promise.race([
    running.exited.then(
      () => true,
      () => true,
    ),
    new Promise((resolve) => setImmediate(resolve, false)),
  ]);

test('TigerVNC gets the password in its environment', async () => {
  const { fake } = await start('tigervnc', 'exec sleep 60');
  expect(await fake.noted('env')).toContain(`\nVNC_PASSWORD=${SECRET}\n`);
  expect(await fake.noted('argv')).not.toContain(SECRET);
});

test.each(['turbovnc', 'xtightvnc'])('%s gets the password on stdin', async (id) => {
  const { fake } = await start(id, 'exit 0');
  expect(await fake.noted('stdin')).toBe(`${SECRET}\n`);
  expect(await fake.noted('argv')).not.toContain(SECRET);
  expect(await fake.noted('env')).not.toContain(SECRET);
});

test('remote-viewer gets address and password on stdin', async () => {
  const { fake } = await start('remote-viewer', 'exit 0');
  expect(await fake.noted('stdin')).toContain(`port=43210\npassword=${SECRET}\n`);
  expect(await fake.noted('argv')).not.toContain(SECRET);
  expect(await fake.noted('env')).not.toContain(SECRET);
});

test.each(['tightvnc', 'ultravnc'])(
  '%s gets address and password in a file that only this user can read',
  async (id) => {
    const { fake } = await start(id, 'exec sleep 60');
    expect(await fake.noted('file')).toMatch(/port=43210\r\npassword=[0-9a-f]{16}\r\n/);
    expect(await fake.noted('modes')).toBe('600\n700\n');
    const hidden = /password=(\w+)/.exec(await fake.noted('file'))?.[1] ?? '';
    expect(await fake.noted('argv')).not.toContain(hidden);
    expect(await fake.noted('argv')).not.toContain(SECRET);
  },
);

test.each(['exit 0', 'exit 1'])('the file is deleted after “%s”', async (ending) => {
  const { fake, running } = await start('tightvnc', ending);
  await running.exited.catch(() => {});
  await expect(access((await fake.noted('folder')).trim())).rejects.toThrow('ENOENT');
});

test('the file is deleted after close', async () => {
  const { fake, running } = await start('tightvnc', 'exec sleep 60');
  const folder = (await fake.noted('folder')).trim();
  await running.close();
  await expect(access(folder)).rejects.toThrow('ENOENT');
});

test('a viewer without a private channel does not get the password', async () => {
  const { fake } = await start('krdc', 'exit 0');
  const everything = `${await fake.noted('argv')}${await fake.noted('env')}${await fake.noted('stdin')}`;
  expect(everything).not.toContain(SECRET);
});

test('a viewer gets the display, home and language variables, but no HPC_DESK_* ones', async () => {
  const { fake } = await start('custom', 'exit 0');
  const lines = (await fake.noted('env')).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'DISPLAY=:9',
      'WAYLAND_DISPLAY=wayland-0',
      'XAUTHORITY=/home/li/.Xauthority',
      'HOME=/home/li',
      'LANG=zh_CN.UTF-8',
    ]),
  );
  expect(lines.filter((line) => line.startsWith('HPC_DESK_'))).toEqual([]);
});

test('exited resolves when the viewer exits with 0', async () => {
  const { running } = await start('custom', 'exit 0');
  await expect(running.exited).resolves.toBeUndefined();
});

test('a failed viewer is reported with its exit code and the last line of stderr', async () => {
  const { running } = await start(
    'custom',
    'echo usage >&2; echo "Can\'t open display: :9" >&2; exit 3',
  );
  await expect(running.exited).rejects.toMatchObject({
    code: 'viewer.failed',
    details: { viewer: 'name of custom', exitCode: 3, reason: "Can't open display: :9" },
  });
});

test('a program that cannot be started rejects with viewer.failed', async () => {
  const { running } = await start('custom', 'exit 0');
  await running.close();
  const gone = await startViewer(
    { id: 'custom', name: 'gone', path: '/nowhere/viewer', version: '', takesSocket: false },
    {
      address: { kind: 'tcp', host: '127.0.0.1', port: 1 as Port },
      password: undefined,
      viewOnly: false,
      fullScreen: false,
      signal: new AbortController().signal,
    },
    ENVIRONMENT,
  );
  await expect(gone.exited).rejects.toMatchObject({
    code: 'viewer.failed',
    details: { exitCode: null, reason: expect.stringContaining('ENOENT') },
  });
});

test('close terminates the viewer without an error and can be repeated', async () => {
  const { running } = await start('custom', 'exec sleep 60');
  await Promise.all([running.close(), running.close()]);
  await running.close();
  await expect(running.exited).resolves.toBeUndefined();
});

test('an abort terminates the viewer', async () => {
  const abort = new AbortController();
  const { running } = await start('custom', 'exec sleep 60', { signal: abort.signal });
  abort.abort();
  await expect(running.exited).resolves.toBeUndefined();
});

test('nothing is started after an abort', async () => {
  const signal = AbortSignal.abort(new Error('stop'));
  await expect(start('tightvnc', 'exit 0', { signal })).rejects.toThrow('stop');
});

test('a viewer that hands over to another process counts as open until close', async () => {
  const { fake, running } = await start('remmina', 'echo $$ > "$0.pid"; exit 0');
  const pid = Number(await fake.noted('pid'));
  await eventually(() => !isAlive(pid));
  // When a later viewer has exited, the exit of the first one has been handled.
  await (await start('custom', 'exit 0')).running.exited;
  expect(await isSettled(running)).toBe(false);
  await running.close();
  await expect(running.exited).resolves.toBeUndefined();
});

test('a viewer without a view-only mode is not started with viewOnly', async () => {
  await expect(start('krdc', 'exit 0', { viewOnly: true })).rejects.toMatchObject({
    code: 'viewer.failed',
    details: { exitCode: null, reason: 'it has no view-only mode' },
  });
});
