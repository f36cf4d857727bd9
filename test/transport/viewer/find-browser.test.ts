import { expect, test } from 'vitest';
import { findBrowser, mayOpenBrowser } from '../../../src/transport/viewer/browser.js';

test.each([
  ['linux', { DISPLAY: ':0' }, { isOff: false, canBeSeen: true }],
  ['linux', {}, { canBeSeen: false }],
  ['linux', { HPC_DESK_BROWSER: 'none' }, { isOff: true, canBeSeen: false }],
  ['linux', { HPC_DESK_BROWSER: '/bin/sh' }, { opener: '/bin/sh', canBeSeen: true }],
  ['linux', { WSL_DISTRO_NAME: 'Debian' }, { opener: 'Windows' }],
  ['darwin', {}, { opener: 'macOS', canBeSeen: true }],
  ['darwin', { HPC_DESK_BROWSER: 'Safari' }, { opener: 'Safari', canBeSeen: true }],
  ['darwin', { HPC_DESK_BROWSER: './Safari.app' }, { opener: undefined }],
  ['win32', { SSH_TTY: '/dev/pts/1' }, { opener: 'Windows', canBeSeen: false }],
] as const)('what opens a page on %s with %j', (platform, environment, expected) => {
  expect(findBrowser(platform, environment)).toMatchObject(expected);
});

const SSH = { SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22', SSH_TTY: '/dev/pts/3' };
const WSL = { WSL_DISTRO_NAME: 'Ubuntu' };

test.each([
  ['linux', { DISPLAY: ':0' }],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
  ['linux', { ...SSH, DISPLAY: 'localhost:10.0' }],
  ['linux', WSL],
  ['linux', { WSL_INTEROP: '/run/WSL/8_interop' }],
  ['freebsd', { DISPLAY: ':0' }],
  ['darwin', {}],
  ['win32', {}],
  ['linux', { HPC_DESK_BROWSER: 'firefox' }],
  ['linux', { HPC_DESK_BROWSER: '/opt/browser', CI: 'true', ...SSH }],
  ['linux', { HPC_DESK_BROWSER: '', DISPLAY: ':0' }],
] as const)('a browser can be seen on %s with %j', (platform, environment) => {
  expect(mayOpenBrowser(platform, environment)).toBe(true);
});

test.each([
  ['linux', {}],
  ['linux', { DISPLAY: '', WAYLAND_DISPLAY: '' }],
  ['linux', SSH],
  ['linux', { SSH_TTY: '/dev/pts/3' }],
  ['linux', { ...SSH, ...WSL }],
  ['linux', { CI: 'true', DISPLAY: ':99' }],
  ['darwin', SSH],
  ['darwin', { ...SSH, DISPLAY: 'localhost:10.0' }],
  ['darwin', { CI: '1' }],
  ['win32', { SSH_CONNECTION: '::1 1 ::1 22' }],
  ['linux', { HPC_DESK_BROWSER: 'none', DISPLAY: ':0' }],
  ['darwin', { HPC_DESK_BROWSER: 'none' }],
] as const)('no browser can be seen on %s with %j', (platform, environment) => {
  expect(mayOpenBrowser(platform, environment)).toBe(false);
});
