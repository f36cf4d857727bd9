import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeWindow } from '../helpers/close-window.js';
import { eventually } from '../helpers/eventually.js';
import {
  type DeskHome,
  logIn,
  openDeskHome,
  type RunningSandbox,
  startSandboxIn,
} from '../helpers/open-desk-home.js';
import { describeWith } from '../helpers/real-components.js';
import { countPixels, startXServer, type XServer } from '../transport/viewer/x-server.js';

/** A viewer that exits right after its start counts as failed (judgeExit in start-viewer.ts). */
const GLANCE_MS = 2_000;
/** The background of the sandbox's desktop (x-clients.ts). */
const COLOUR = 0x1f4e79;
const REAL = ['Xvnc', 'Xvfb', 'xtigervncviewer', 'xwd', 'xsetroot', 'xwininfo'];

describeWith(REAL, 'vnc connect with a real viewer', () => {
  let site: DeskHome;
  let sandbox: RunningSandbox;
  let screen: XServer;
  let user: DeskHome;

  beforeAll(async () => {
    [site, screen] = await Promise.all([
      openDeskHome(),
      startXServer('Xvfb', ['-screen', '0', '2000x1200x24']),
    ]);
    sandbox = await startSandboxIn(site, 'xvnc');
  });

  beforeEach(async () => {
    user = await openDeskHome();
    await logIn(user, sandbox.description);
    await user.json(['vnc', 'create']);
  });

  afterEach(async () => {
    await user?.close();
  });

  afterAll(() => Promise.all([site?.close(), screen?.close()]));

  const onScreen = () => ({ environment: { DISPLAY: screen.display } });
  const connect = (viewer: string) => ['vnc', 'connect', '--viewer', viewer, '--json'];
  const shown = () => countPixels(screen.display, COLOUR);

  test('shows the desktop and exits with 0 when the viewer is closed', async () => {
    const running = await user.start(connect('tigervnc'), onScreen());
    const readyAt = performance.now();
    expect(JSON.parse(running.firstLine)).toMatchObject({
      mode: 'viewer',
      route: 'direct',
      viewer: { id: 'tigervnc', path: expect.stringContaining('vncviewer') },
    });
    await eventually(async () => (await shown()) > 1_000_000);
    await eventually(() => performance.now() - readyAt > GLANCE_MS);
    await closeWindow(screen, /TigerVNC/);
    expect(await running.ended).toEqual({
      exitCode: 0,
      signal: null,
      stdout: `${running.firstLine}\n`,
      stderr: '',
    });
    expect(user.processes()).toEqual([]);
  });

  test('terminates the viewer on SIGINT', async () => {
    const running = await user.start(connect('auto'), onScreen());
    await eventually(async () => (await shown()) > 1_000_000);
    running.kill('SIGINT');
    expect(await running.ended).toMatchObject({ exitCode: 130 });
    expect(user.processes()).toEqual([]);
    await eventually(async () => (await shown()) === 0);
  });

  test.each([
    ['/bin/false', 7, 'viewer.failed', 'a viewer that fails'],
    ['nosuch', 9, 'viewer.missing', 'a viewer that is not known'],
    ['/nosuch/viewer', 9, 'viewer.missing', 'a viewer that is not there'],
  ])('--viewer %s exits with %i and %s: %s', async (viewer, exitCode, code) => {
    const result = await user.run(connect(viewer), onScreen());
    expect(JSON.parse(lastLine(result.stderr)).error).toMatchObject({ code, exitCode });
    expect(result).toMatchObject({ exitCode });
    expect(user.processes()).toEqual([]);
  });

  test('does not start a viewer without DISPLAY', async () => {
    const result = await user.run(connect('tigervnc'), { environment: { DISPLAY: undefined } });
    expect(result).toMatchObject({ exitCode: 9 });
    const { code, message } = JSON.parse(lastLine(result.stderr)).error;
    expect({ code, message }).toEqual({
      code: 'viewer.noDisplay',
      message: expect.stringMatching(/DISPLAY/),
    });
  });
});

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
