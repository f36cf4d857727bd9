import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTransport } from '../../../src/transport/create-transport.js';
import { thisMachine } from '../../../src/transport/viewer/machine.js';
import { describeWith, findReal } from '../../helpers/real-components.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'machine-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function script(name: string, body: string, mode = 0o755): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, mode);
  return path;
}

describe('a program', () => {
  const machine = thisMachine({ platform: 'linux', environment: {} });

  test('is an executable file', async () => {
    expect(await machine.files.isProgram(await script('a', ''))).toBe(true);
    expect(await machine.files.isProgram(folder)).toBe(false);
    expect(await machine.files.isProgram(join(folder, 'none'))).toBe(false);
  });

  test('must have the extension .exe on Windows, in any letter case', async () => {
    const windows = thisMachine({ platform: 'win32', environment: {} });
    expect(await windows.files.isProgram(await script('a.EXE', ''))).toBe(true);
    expect(await windows.files.isProgram(await script('a.bat', ''))).toBe(false);
  });

  test('is run without display and HPC_DESK_* variables', async () => {
    const environment = {
      PATH: process.env.PATH,
      DISPLAY: ':0',
      WAYLAND_DISPLAY: 'w',
      HPC_DESK_TOKEN: 't',
    };
    const { runForText } = thisMachine({ platform: 'linux', environment });
    expect(await runForText(await script('a', 'env'), [])).not.toMatch(/DISPLAY|HPC_DESK/);
  });

  test('may print to stdout and stderr and exit with any code', async () => {
    const { runForText } = machine;
    const path = await script('a', 'echo "out $1"; echo err >&2; exit 1');
    expect(await runForText(path, ['-help'])).toBe('out -help\nerr\n');
  });

  test('that does not exit returns no text after two seconds', async () => {
    const { runForText } = machine;
    expect(await runForText(await script('a', 'exec sleep 600'), [])).toBe('');
  });

  test('that does not exist returns no text', async () => {
    expect(await machine.runForText(join(folder, 'none'), ['-help'])).toBe('');
  });
});

describeWith('xtigervncviewer', 'the real xtigervncviewer', () => {
  test.each(['xtigervncviewer', 'vncviewer'])('is found as %s, with its version', async (name) => {
    const real = findReal('xtigervncviewer') ?? '';
    await symlink(real, join(folder, name));
    const transport = createTransport({
      platform: 'linux',
      environment: { PATH: folder, HOME: folder, WAYLAND_DISPLAY: 'w' },
    });
    const found = await transport.chooseViewer('auto');
    expect(found).toMatchObject({ id: 'tigervnc', path: join(folder, name), takesSocket: true });
    expect(found.version).toMatch(/^\d+\.\d+/);
  });

  test('is recognized by its output when its path does not identify it', async () => {
    const path = await script('vncviewer', `exec ${findReal('xtigervncviewer')} "$@"`);
    const { viewers, searched } = await createTransport({
      platform: 'linux',
      environment: { PATH: folder, HOME: folder, WAYLAND_DISPLAY: 'w' },
    }).findViewers();
    expect(viewers).toMatchObject([{ id: 'tigervnc', path }]);
    expect(searched).toContain('vncviewer');
  });
});
