import { expect, test } from 'vitest';
import { VIEWER_ROWS } from '../../../src/transport/viewer/catalogue.js';
import { detectViewers } from '../../../src/transport/viewer/detect-viewers.js';
import { type FakeMachine, fakeMachine, TIGERVNC_BANNER } from './fake-machine.js';
import { FOUND } from './machines-with-a-viewer.js';

test.each(FOUND)('only %s is found on %s', async (id, _, machine) => {
  const { viewers } = await detectViewers(fakeMachine(machine));
  expect(viewers.map((viewer) => viewer.id)).toEqual([id]);
  expect(Object.keys(machine.programs ?? {})).toContain(viewers[0]?.path);
});

test('every row of the table has a case and a unique id', () => {
  const ids = VIEWER_ROWS.map(({ id }) => id);
  expect(new Set(FOUND.map(([id]) => id))).toEqual(new Set(ids));
  expect(new Set(ids).size).toBe(ids.length);
});

test.each<[string, string, FakeMachine]>([
  ['1.12.0', 'TigerVNC', { programs: { '/usr/bin/vncviewer': TIGERVNC_BANNER } }],
  ['3.1.2', 'TurboVNC', { programs: { '/usr/bin/vncviewer': 'TurboVNC Viewer v3.1.2 (build 1)' } }],
  ['6.22.826', 'RealVNC', { programs: { '/usr/bin/vncviewer': 'VNC(R) Viewer 6.22.826 (r4)' } }],
  [
    '11.0',
    'remote-viewer',
    { programs: { '/usr/bin/remote-viewer': 'remote-viewer version 11.0' } },
  ],
  ['', 'a viewer that does not report it', { programs: { '/usr/bin/krdc': '' } }],
])('version %j is read from %s', async (version, _, machine) => {
  const { viewers } = await detectViewers(fakeMachine(machine));
  expect(viewers[0]?.version).toBe(version);
});

test.each<[boolean, string, FakeMachine]>([
  [true, 'TigerVNC on Linux', { programs: { '/usr/bin/xtigervncviewer': '' } }],
  [
    true,
    'TigerVNC on macOS',
    { platform: 'darwin', programs: { '/Applications/TigerVNC.app/Contents/MacOS/TigerVNC': '' } },
  ],
  [
    false,
    'TigerVNC from Flatpak',
    { programs: { '/var/lib/flatpak/exports/bin/org.tigervnc.vncviewer': '' } },
  ],
  [
    false,
    'TigerVNC on Windows',
    { platform: 'win32', programs: { 'C:\\Program Files\\TigerVNC\\vncviewer.exe': '' } },
  ],
  [
    false,
    'TigerVNC for Windows in WSL',
    {
      isWsl: true,
      programs: { '/mnt/c/Program Files/TigerVNC/vncviewer.exe': '' },
    },
  ],
  [false, 'TurboVNC', { programs: { '/opt/TurboVNC/bin/vncviewer': '' } }],
])('takesSocket is %s for %s', async (takesSocket, _, machine) => {
  const { viewers } = await detectViewers(fakeMachine(machine));
  expect(viewers[0]?.takesSocket).toBe(takesSocket);
});

test('viewers are returned in the order of the table, not of the machine', async () => {
  const programs = { '/usr/bin/remmina': '', '/usr/bin/krdc': '', '/usr/bin/xtigervncviewer': '' };
  const { viewers } = await detectViewers(fakeMachine({ programs }));
  expect(viewers.map(({ id }) => id)).toEqual(['tigervnc', 'krdc', 'remmina']);
});

test('Linux viewers come before Windows viewers in WSL', async () => {
  const programs = { '/mnt/c/Program Files/TigerVNC/vncviewer.exe': '', '/usr/bin/krdc': '' };
  const { viewers } = await detectViewers(fakeMachine({ isWsl: true, programs }));
  expect(viewers.map(({ id }) => id)).toEqual(['krdc', 'tigervnc']);
});

test('the newest of several installed versions is selected', async () => {
  const programs = {
    'C:\\Program Files\\VirtViewer v9.0-256\\bin\\remote-viewer.exe': '',
    'C:\\Program Files\\VirtViewer v11.0-256\\bin\\remote-viewer.exe': '',
  };
  const { viewers } = await detectViewers(fakeMachine({ platform: 'win32', programs }));
  expect(viewers[0]?.path).toContain('v11.0');
});

/** What each release prints with `-help`, and the source of that text. */
test.each([
  // vncviewer/vncviewer.cxx of 1.10 to 1.12: "TigerVNC Viewer %d-bit v%s"
  ['tigervnc', '1.10.1', '\nTigerVNC Viewer 64-bit v1.10.1\nBuilt on: 2020-04-09 06:49\n'],
  ['tigervnc', '1.11.0', '\nTigerVNC Viewer 64-bit v1.11.0\nBuilt on: 2020-09-08 12:16\n'],
  ['tigervnc', '1.12.0', TIGERVNC_BANNER],
  // of 1.13 and 1.14: "TigerVNC Viewer v%s"
  ['tigervnc', '1.13.1', '\nTigerVNC Viewer v1.13.1\nBuilt on: 2024-04-01 08:26\n'],
  ['tigervnc', '1.14.1', '\nTigerVNC Viewer v1.14.1\nBuilt on: 2024-10-22 00:00\n'],
  // of 1.15: "TigerVNC viewer v%s"
  ['tigervnc', '1.15.0', '\nTigerVNC viewer v1.15.0\nBuilt on: 2025-02-16 03:59\n'],
  // of 1.16: "TigerVNC v%s"
  ['tigervnc', '1.16.0', '\nTigerVNC v1.16.0\nBuilt on: 2026-01-20 00:00\n'],
  // java/com/turbovnc/vncviewer/VncViewer.java of 3.x: "TurboVNC Viewer v%s (build %s) [JVM: %s]"
  ['turbovnc', '3.1.2', '\nTurboVNC Viewer v3.1.2 (build 20240731) [JVM: amd64]\n'],
  // its about text: version 6 from a launcher of the Keck observatory, version 7 from user reports
  ['realvnc', '6.17.731', 'VNC(R) Viewer 6.17.731 (r29523) x64 (Aug  3 2017 17:19:47)\n'],
  ['realvnc', '7.12.1', 'RealVNC Viewer 7.12.1 (r21) x64\n'],
  ['realvnc', '7.15.1', 'RealVNC(R) Viewer 7.15.1 (r18) x64\n'],
  ['realvnc', '7.15.1', 'RealVNC® Viewer 7.15.1 (r18) x64\n'],
])('%s %s is recognized by its banner; on macOS only TigerVNC', async (id, version, words) => {
  const linux = fakeMachine({ programs: { '/usr/bin/vncviewer': words } });
  expect((await detectViewers(linux)).viewers).toMatchObject([{ id, version }]);
  const macos = fakeMachine({
    platform: 'darwin',
    programs: { '/opt/local/bin/vncviewer': words },
  });
  const found = (await detectViewers(macos)).viewers;
  expect(found).toMatchObject(id === 'tigervnc' ? [{ id, version }] : []);
});

test('viewers that cannot open a window are marked, except Windows programs', async () => {
  const programs = { '/usr/bin/xtigervncviewer': '', '/usr/bin/krdc': '' };
  const both = { ...programs, '/mnt/c/Program Files/TigerVNC/vncviewer.exe': '' };
  const machine = fakeMachine({ isWsl: true, programs: both, problem: 'deadDisplay' });
  const { viewers } = await detectViewers(machine);
  expect(viewers.map(({ id, problem }) => [id, problem])).toEqual([
    ['krdc', 'deadDisplay'],
    ['tigervnc', undefined],
  ]);
});

test('an unknown vncviewer is ignored', async () => {
  const programs = { '/usr/bin/vncviewer': 'Some other VNC viewer 1.0' };
  expect((await detectViewers(fakeMachine({ programs }))).viewers).toEqual([]);
});

test('a program in a relative folder of PATH is never found', async () => {
  const environment = { PATH: '.:bin:' };
  const programs = { 'bin/xtigervncviewer': '', './xtigervncviewer': '', xtigervncviewer: '' };
  expect((await detectViewers(fakeMachine({ environment, programs }))).viewers).toEqual([]);
});

test('a program that several rows match is run once', async () => {
  const machine = fakeMachine({ programs: { '/usr/bin/vncviewer': TIGERVNC_BANNER } });
  await detectViewers(machine);
  expect(machine.asked).toEqual(['/usr/bin/vncviewer -help']);
});

test.each<[NodeJS.Platform, string]>([
  ['win32', 'D:\\tools\\vncviewer.exe'],
  ['darwin', '/Applications/TigerVNC.app/Contents/MacOS/TigerVNC'],
])('on %s no viewer is run to identify it, since a window would open', async (platform, path) => {
  const machine = fakeMachine({ platform, programs: { [path]: TIGERVNC_BANNER } });
  await detectViewers(machine);
  expect(machine.asked.filter((line) => line.startsWith(path))).toEqual([]);
});

test('searched lists every name and path, with variables and ~ expanded', async () => {
  const linux = (await detectViewers(fakeMachine({}))).searched;
  expect(linux.slice(0, 4)).toEqual([
    'xtigervncviewer',
    'vncviewer',
    '/var/lib/flatpak/exports/bin/org.tigervnc.vncviewer',
    '/home/li/.local/share/flatpak/exports/bin/org.tigervnc.vncviewer',
  ]);
  const windows = (await detectViewers(fakeMachine({ platform: 'win32' }))).searched;
  expect(windows).toContain('C:\\Program Files\\VirtViewer*\\bin\\remote-viewer.exe');
  expect(windows).toContain('App Paths\\vncviewer.exe');
  expect(windows.filter((place) => place === 'vncviewer.exe')).toHaveLength(1);
});

test('a path whose variable is not set is omitted', async () => {
  const machine = fakeMachine({ platform: 'freebsd', environment: { PATH: '/usr/bin' } });
  const { searched } = await detectViewers(machine);
  expect(searched.filter((place) => /[~%]/.test(place) || place.startsWith('/.local'))).toEqual([]);
});
