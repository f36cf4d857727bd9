import { expect, it } from 'vitest';
import { findBrowser } from '../../../src/transport/viewer/find-browser.js';

it.each([
  ['linux', { DISPLAY: ':0' }, { isOff: false, canBeSeen: true, hasDisplay: true }],
  ['linux', {}, { canBeSeen: false, hasDisplay: false }],
  ['linux', { HPC_DESK_BROWSER: 'none' }, { isOff: true, canBeSeen: false }],
  ['linux', { HPC_DESK_BROWSER: '/bin/sh' }, { opener: '/bin/sh', canBeSeen: true }],
  ['linux', { WSL_DISTRO_NAME: 'Debian' }, { opener: 'linux', hasDisplay: true }],
  ['darwin', {}, { opener: 'darwin', canBeSeen: true, hasDisplay: true }],
  ['darwin', { HPC_DESK_BROWSER: 'Safari' }, { opener: 'Safari', canBeSeen: true }],
  ['darwin', { HPC_DESK_BROWSER: './Safari.app' }, { opener: undefined }],
  ['win32', { SSH_TTY: '/dev/pts/1' }, { opener: 'win32', canBeSeen: false, hasDisplay: true }],
] as const)('on %s with %j', (platform, environment, expected) => {
  expect(findBrowser(platform, environment)).toMatchObject(expected);
});
