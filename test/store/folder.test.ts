import { describe, expect, it } from 'vitest';
import { locateFolder } from '../../src/store/folder.js';

type Case = [title: string, environment: Record<string, string>, expected: string];

const mac = '/Users/a/Library/Preferences/hpc-desk';
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

describe('locateFolder', () => {
  it.each(linuxCases)('on Linux %s', (_title, environment, expected) => {
    const place = { platform: 'linux', environment, home: '/home/a', exists: () => false } as const;
    expect(locateFolder(place)).toBe(expected);
  });

  it.each(windowsCases)('on Windows %s', (_title, environment, expected) => {
    const place = { platform: 'win32', environment, home: 'C:\\a', exists: () => false } as const;
    expect(locateFolder(place)).toBe(expected);
  });

  it.each<[string, Record<string, string>, boolean, string]>([
    ['takes the preferences', {}, false, mac],
    ['takes a ~/.config/hpc-desk that is there', {}, true, '/Users/a/.config/hpc-desk'],
    ['follows XDG', { XDG_CONFIG_HOME: '/x' }, false, '/x/hpc-desk'],
  ])('on macOS %s', (_title, environment, isThere, expected) => {
    const exists = () => isThere;
    const place = { platform: 'darwin', environment, home: '/Users/a', exists } as const;
    expect(locateFolder(place)).toBe(expected);
  });
});
