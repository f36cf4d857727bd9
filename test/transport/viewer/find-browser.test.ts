import { expect, test } from 'vitest';
import { findBrowser, mayOpenBrowser } from '../../../src/transport/viewer/browser.js';

const WSL = { WSL_INTEROP: '/run/WSL/8_interop' };
/** Kernel release of WSL 2 (uname(2)). */
const kernelRelease = '5.15.167.4-microsoft-standard-WSL2';

test.each([
  ['linux', { DISPLAY: ':0' }, { isOff: false, canBeSeen: true }],
  ['linux', {}, { canBeSeen: false }],
  ['linux', { HPC_DESK_BROWSER: 'none' }, { isOff: true, canBeSeen: false }],
  ['linux', { HPC_DESK_BROWSER: '/bin/sh' }, { opener: '/bin/sh', canBeSeen: true }],
  ['linux', WSL, { opener: 'Windows' }],
  ['darwin', {}, { opener: 'macOS', canBeSeen: true }],
  ['darwin', { HPC_DESK_BROWSER: 'Safari' }, { opener: 'Safari', canBeSeen: true }],
  ['darwin', { HPC_DESK_BROWSER: './Safari.app' }, { opener: undefined }],
  ['win32', { SSH_TTY: '/dev/pts/1' }, { opener: 'Windows', canBeSeen: false }],
] as const)('findBrowser on %s with %j', (platform, environment, expected) => {
  expect(findBrowser({ platform, environment, kernelRelease })).toMatchObject(expected);
});

const SSH = { SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22', SSH_TTY: '/dev/pts/3' };

test.each([
  ['linux', { DISPLAY: ':0' }],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
  ['linux', { ...SSH, DISPLAY: 'localhost:10.0' }],
  ['linux', WSL],
  ['freebsd', { DISPLAY: ':0' }],
  ['darwin', {}],
  ['win32', {}],
  ['linux', { HPC_DESK_BROWSER: 'firefox' }],
  ['linux', { HPC_DESK_BROWSER: '/opt/browser', CI: 'true', ...SSH }],
  ['linux', { HPC_DESK_BROWSER: '', DISPLAY: ':0' }],
] as const)('mayOpenBrowser is true on %s with %j', (platform, environment) => {
  expect(mayOpenBrowser({ platform, environment, kernelRelease })).toBe(true);
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
] as const)('mayOpenBrowser is false on %s with %j', (platform, environment) => {
  expect(mayOpenBrowser({ platform, environment, kernelRelease })).toBe(false);
});

test('WSL variables without a WSL kernel do not select the Windows browser', () => {
  const machine = { platform: 'linux', environment: WSL, kernelRelease: '6.1.0-18-amd64' } as const;
  expect(mayOpenBrowser(machine)).toBe(false);
  expect(findBrowser(machine).opener).not.toBe('Windows');
});
