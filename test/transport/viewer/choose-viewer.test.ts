import { expect, test } from 'vitest';
import { chooseViewer } from '../../../src/transport/viewer/detect-viewers.js';
import { type FakeMachine, fakeMachine, TIGERVNC_WORDS } from './fake-machine.js';

const MACHINE: FakeMachine = {
  programs: {
    '/usr/bin/krdc': '',
    '/usr/bin/vncviewer': TIGERVNC_WORDS,
    '/opt/mine/viewer': '',
    '/opt/mine/vncviewer-wrapper': TIGERVNC_WORDS,
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
])('%s means %s at %s', async (wish, id, path) => {
  expect(await chooseViewer(wish, fakeMachine(MACHINE))).toMatchObject({ id, path });
});

test('a path with backslashes is a path on Windows', async () => {
  const programs = { 'D:\\x\\tvnviewer.exe': '' };
  const machine = fakeMachine({ platform: 'win32', programs });
  expect(await chooseViewer('D:\\x\\tvnviewer.exe', machine)).toMatchObject({ id: 'tightvnc' });
});

test('a program that the table does not know is given no question', async () => {
  const machine = fakeMachine(MACHINE);
  await chooseViewer('/opt/mine/viewer', machine);
  expect(machine.asked).toEqual([]);
});

test.each(['remmina', 'tigervmc', '/opt/mine/none', './none', 'vncviewer'])(
  '%s is missing, and the error names what could be meant',
  async (wish) => {
    await expect(chooseViewer(wish, fakeMachine(MACHINE))).rejects.toMatchObject({
      code: 'viewer.missing',
      details: { viewer: wish, known: expect.arrayContaining(['tigervnc', 'remmina']) },
    });
  },
);

test('auto is missing on a machine without any viewer', async () => {
  await expect(chooseViewer('auto', fakeMachine({}))).rejects.toMatchObject({
    code: 'viewer.missing',
    details: { viewer: 'auto' },
  });
});

test('auto looks no further than it must, and asks one program at most', async () => {
  const machine = fakeMachine({
    programs: { ...MACHINE.programs, '/usr/bin/xtigervncviewer': '' },
  });
  expect(await chooseViewer('auto', machine)).toMatchObject({ path: '/usr/bin/xtigervncviewer' });
  expect(machine.asked).toEqual(['/usr/bin/xtigervncviewer -help']);
});

test('a version on which nothing depends is not asked for', async () => {
  const machine = fakeMachine({
    programs: { '/usr/bin/remote-viewer': 'remote-viewer version 11' },
  });
  expect(await chooseViewer('remote-viewer', machine)).toMatchObject({ version: '' });
  expect(machine.asked).toEqual([]);
});

test('without a display auto finds none, and one that is named says what is in the way', async () => {
  const machine = fakeMachine({ ...MACHINE, problem: 'noDisplay' });
  await expect(chooseViewer('auto', machine)).rejects.toMatchObject({ code: 'viewer.missing' });
  for (const wish of ['krdc', '/usr/bin/krdc']) {
    expect(await chooseViewer(wish, machine)).toMatchObject({ id: 'krdc', problem: 'noDisplay' });
  }
});
