import { expect, test } from 'vitest';
import { createTransport } from '../../src/transport/create-transport.js';
import { CUSTOM_ROW, VIEWER_ROWS } from '../../src/transport/viewer/catalogue.js';

test.each([
  ['win32', 'powershell'],
  ['linux', 'posix'],
  ['darwin', 'posix'],
] as const)('the shell on %s is %s', (platform, shell) => {
  expect(createTransport({ platform, environment: {} }).shell).toBe(shell);
});

test('takesPassword is false for viewers that prompt for the password themselves', () => {
  const { takesPassword } = createTransport({ platform: 'linux', environment: {} });
  const asking = [...VIEWER_ROWS, CUSTOM_ROW]
    .map(({ id, name }) => ({ id, name, path: '/bin/it', version: '', takesSocket: false }))
    .filter((viewer) => !takesPassword(viewer));
  expect(asking.map(({ id }) => id)).toEqual([
    ...[
      'gvncviewer',
      'krdc',
      'remmina',
      'gnome-connections',
      'realvnc',
      'screen-sharing',
      'custom',
    ],
  ]);
});
