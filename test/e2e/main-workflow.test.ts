import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { IS_DEEP } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
import {
  type DeskHome,
  logIn,
  openDeskHome,
  type RunningSandbox,
  startSandboxIn,
} from '../helpers/open-desk-home.js';
import { readGreeting } from '../helpers/read-greeting.js';
import { describeWith } from '../helpers/real-components.js';

describeWith('Xvnc', 'the main workflow with a real Xvnc', () => walkWith('xvnc'));
describe('the main workflow with the built-in desktop', () => walkWith('builtin'));

function walkWith(desktop: 'xvnc' | 'builtin'): void {
  let site: DeskHome;
  let user: DeskHome;
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    [site, user] = await Promise.all([openDeskHome(), openDeskHome()]);
    sandbox = await startSandboxIn(site, desktop);
    await logIn(user, sandbox.description);
  });

  afterEach(() => Promise.all([site, user].map((home) => home?.close())));

  const isOver = (home: DeskHome) => eventually(() => home.processes().length === 0);

  test('creates a session, connects to it and deletes it', async () => {
    const created = await user.json(['vnc', 'create']);
    expect(created).toMatchObject({ created: true, ip: '127.0.0.1' });
    expect(created.port).toBe(5900 + created.display);
    expect(await readGreeting(created.port)).toBe('RFB 003.008');

    const { created: _, ...session } = created;
    expect(await user.json(['vnc', 'create'])).toEqual({ ...session, created: false });
    expect(await user.json(['vnc', 'list'])).toEqual([session]);
    expect(await user.json(['vnc', 'show'])).toEqual(session);

    const connect = await user.start(['vnc', 'connect', '--viewer', 'none', '--json']);
    const ready = JSON.parse(connect.firstLine);
    expect(ready).toEqual({
      mode: 'forward',
      sessionId: session.sessionId,
      target: `127.0.0.1:${session.port}`,
      route: 'direct',
      via: null,
      address: '127.0.0.1',
      port: expect.any(Number),
      url: null,
      viewer: null,
      id: null,
    });
    expect(ready.port).not.toBe(session.port);
    expect(await readGreeting(ready.port)).toBe('RFB 003.008');
    expect(await readGreeting(ready.port)).toBe('RFB 003.008');
    expect(user.processes().map(({ pid }) => pid)).toEqual([connect.pid]);

    connect.kill('SIGINT');
    expect(await connect.ended).toEqual({
      exitCode: 130,
      signal: null,
      stdout: `${connect.firstLine}\n`,
      stderr: '',
    });
    expect(user.processes()).toEqual([]);

    expect(await user.json(['vnc', 'delete', '--yes'])).toMatchObject({ alreadyGone: false });
    expect(await user.json(['vnc', 'list'])).toEqual([]);
    await expect(readGreeting(session.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  const SIGNALS = [
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const;
  // The signal makes no difference to the desktop.
  test.each(desktop === 'xvnc' && !IS_DEEP ? SIGNALS.slice(0, 1) : SIGNALS)(
    'a sandbox exits on %s with %i and terminates its desktops',
    async (name, exitCode) => {
      const { port } = await user.json(['vnc', 'create']);
      sandbox.bin.kill(name);
      expect(await sandbox.bin.ended).toMatchObject({ exitCode, stderr: '' });
      await isOver(site);
      await expect(readGreeting(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    },
  );

  test('the desktops of a killed sandbox exit', async () => {
    const { port } = await user.json(['vnc', 'create']);
    const hasXvnc = site.processes().some(({ argv }) => argv[0]?.endsWith('/Xvnc'));
    expect(hasXvnc).toBe(desktop === 'xvnc');
    sandbox.bin.kill('SIGKILL');
    await sandbox.bin.ended;
    await isOver(site);
    await expect(readGreeting(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('connect closes clients after the desktop has exited, and SIGINT still ends it', async () => {
    const connect = await user.start(['vnc', 'connect', '--viewer', 'none', '--json']);
    const { port } = JSON.parse(connect.firstLine);
    expect(await readGreeting(port)).toBe('RFB 003.008');
    sandbox.bin.kill('SIGTERM');
    await sandbox.bin.ended;
    await expect(readGreeting(port)).resolves.toBe('nothing');
    connect.kill('SIGINT');
    expect(await connect.ended).toMatchObject({ exitCode: 130 });
  });
}
