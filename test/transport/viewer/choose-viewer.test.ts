import { expect, test } from 'vitest';
import { chooseViewer } from '../../../src/transport/viewer/detect-viewers.js';
import { type FakeMachine, fakeMachine, TIGERVNC_BANNER } from './fake-machine.js';

const MACHINE: FakeMachine = {
  programs: {
    '/usr/bin/krdc': '',
    '/usr/bin/vncviewer': TIGERVNC_BANNER,
    '/opt/mine/viewer': '',
    '/opt/mine/vncviewer-wrapper': TIGERVNC_BANNER,
    '/opt/x/remote-viewer': 'remote-viewer version 10.0',
  },
};

test.each([
  ['auto', 'tigervnc', '/usr/bin/vncviewer'],
  ['krdc', 'krdc', '/usr/bin/krdc'],
  ['/opt/x/remote-viewer', 'remote-viewer', '/opt/x/remote-viewer'],
  ['/opt/mine/vncviewer-wrapper', 'tigervnc', '/opt/mine/vncviewer-wrapper'],
  ['/opt/mine/viewer', 'custom', '/opt/mine/viewer'],
  ['/opt/../opt/mine/viewer', 'custom', '/opt/mine/viewer'],
])('%s selects %s at %s', async (requested, id, path) => {
  expect(await chooseViewer(requested, fakeMachine(MACHINE))).toMatchObject({ id, path });
});

test('a path with backslashes is accepted on Windows', async () => {
  const programs = { 'D:\\x\\tvnviewer.exe': '' };
  const machine = fakeMachine({ platform: 'win32', programs });
  expect(await chooseViewer('D:\\x\\tvnviewer.exe', machine)).toMatchObject({ id: 'tightvnc' });
});

test('a program that is not in the table is not run', async () => {
  const machine = fakeMachine(MACHINE);
  await chooseViewer('/opt/mine/viewer', machine);
  expect(machine.asked).toEqual([]);
});

test.each(['remmina', 'tigervmc', '/opt/mine/none', './none', 'vncviewer'])(
  '%s rejects with viewer.missing and the known viewers',
  async (requested) => {
    await expect(chooseViewer(requested, fakeMachine(MACHINE))).rejects.toMatchObject({
      code: 'viewer.missing',
      details: { viewer: requested, known: expect.arrayContaining(['tigervnc', 'remmina']) },
    });
  },
);

test('auto rejects with viewer.missing on a machine without viewers', async () => {
  await expect(chooseViewer('auto', fakeMachine({}))).rejects.toMatchObject({
    code: 'viewer.missing',
    details: { viewer: 'auto' },
  });
});

test('auto stops at the first match and runs one program at most', async () => {
  const machine = fakeMachine({
    programs: { ...MACHINE.programs, '/usr/bin/xtigervncviewer': '' },
  });
  expect(await chooseViewer('auto', machine)).toMatchObject({ path: '/usr/bin/xtigervncviewer' });
  expect(machine.asked).toEqual(['/usr/bin/xtigervncviewer -help']);
});

test('a version that nothing depends on is not queried', async () => {
  const machine = fakeMachine({
    programs: { '/usr/bin/remote-viewer': 'remote-viewer version 11' },
  });
  expect(await chooseViewer('remote-viewer', machine)).toMatchObject({ version: '' });
  expect(machine.asked).toEqual([]);
});

test('without a display auto finds none, and a named viewer has the problem', async () => {
  const machine = fakeMachine({ ...MACHINE, problem: 'noDisplay' });
  await expect(chooseViewer('auto', machine)).rejects.toMatchObject({ code: 'viewer.missing' });
  for (const requested of ['krdc', '/usr/bin/krdc']) {
    expect(await chooseViewer(requested, machine)).toMatchObject({
      id: 'krdc',
      problem: 'noDisplay',
    });
  }
});
