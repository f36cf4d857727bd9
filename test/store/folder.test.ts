import { mkdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeskError } from '../../src/errors/desk-error.js';
import { findHome, locateFolder } from '../../src/store/folder.js';
import { makeFolder } from './test-store.js';

type Case = [title: string, environment: Record<string, string>, expected: string];

const linuxCases: Case[] = [
  ['takes the home folder', {}, '/home/a/.config/hpc-desk'],
  ['follows XDG', { XDG_CONFIG_HOME: '/x' }, '/x/hpc-desk'],
  ['ignores a relative XDG path', { XDG_CONFIG_HOME: 'x' }, '/home/a/.config/hpc-desk'],
  ['ignores an empty XDG path', { XDG_CONFIG_HOME: '' }, '/home/a/.config/hpc-desk'],
  ['prefers our own variable', { XDG_CONFIG_HOME: '/x', HPC_DESK_CONFIG_DIR: '/y' }, '/y'],
  ['ignores our own variable when empty', { HPC_DESK_CONFIG_DIR: '' }, '/home/a/.config/hpc-desk'],
];
const windowsCases: Case[] = [
  ['follows APPDATA', { APPDATA: 'D:\\r' }, 'D:\\r\\hpc-desk\\Config'],
  ['takes the profile folder', {}, 'C:\\a\\AppData\\Roaming\\hpc-desk\\Config'],
  ['prefers our own variable', { HPC_DESK_CONFIG_DIR: 'E:\\y' }, 'E:\\y'],
];

describe('findHome', () => {
  it.each([
    ['linux', { HOME: '/home/a' }, '/home/a'],
    ['linux', { HOME: 'a' }, undefined],
    ['linux', { HOME: '' }, userInfo().homedir],
    ['linux', {}, userInfo().homedir],
    ['win32', { USERPROFILE: 'C:\\a', HOME: '/home/a' }, 'C:\\a'],
    ['win32', { USERPROFILE: 'a' }, undefined],
  ] as const)('on %s with %j returns %s', (platform, environment, expected) => {
    expect(findHome({ platform, environment })).toBe(expected);
  });
});

describe('locateFolder', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('requires a home folder on %s', (platform) => {
    const place = { platform, home: undefined };
    const variable = platform === 'win32' ? 'USERPROFILE' : 'HOME';
    expect(() => locateFolder({ ...place, environment: {} })).toThrow(
      new DeskError('store.noHome', { variable }),
    );
    const root = platform === 'win32' ? 'C:\\' : '/';
    expect(locateFolder({ ...place, environment: { HPC_DESK_CONFIG_DIR: root } })).toBe(root);
  });

  it.each(linuxCases)('on Linux %s', (_title, environment, expected) => {
    const place = { platform: 'linux', environment, home: '/home/a' } as const;
    expect(locateFolder(place)).toBe(expected);
  });

  it.each(windowsCases)('on Windows %s', (_title, environment, expected) => {
    const place = { platform: 'win32', environment, home: 'C:\\a' } as const;
    expect(locateFolder(place)).toBe(expected);
  });

  it.each<Case>([
    ['takes the preferences', {}, '/Users/a/Library/Preferences/hpc-desk'],
    ['follows XDG', { XDG_CONFIG_HOME: '/x' }, '/x/hpc-desk'],
  ])('on macOS %s', (_title, environment, expected) => {
    const place = { platform: 'darwin', environment, home: '/Users/a' } as const;
    expect(locateFolder(place)).toBe(expected);
  });

  it('on macOS uses an existing ~/.config/hpc-desk', () => {
    const home = makeFolder();
    const folder = join(home, '.config', 'hpc-desk');
    mkdirSync(folder, { recursive: true });
    expect(locateFolder({ platform: 'darwin', environment: {}, home })).toBe(folder);
    rmSync(home, { recursive: true });
  });
});
