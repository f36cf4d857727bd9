import { expect, test } from 'vitest';
import { parseIpAddress } from '../../../src/model/address.js';
import { parsePort } from '../../../src/model/endpoint.js';
import { viewerCommand } from '../../../src/transport/viewer/viewer-command.js';

test.each([
  ['tigervnc', '127.0.0.1', '-Shared=1 -ReconnectOnError=0 -AlertOnFatalError=0 127.0.0.1::5901'],
  ['tigervnc', 'fd00::7', '-Shared=1 -ReconnectOnError=0 -AlertOnFatalError=0 [fd00::7]::5901'],
  ['turbovnc', '127.0.0.1', '-Shared=1 -NoReconnect -NoNewConn 127.0.0.1::5901'],
  ['remote-viewer', 'fd00::7', 'vnc://[fd00::7]:5901'],
  ['tightvnc', '127.0.0.1', '-host=127.0.0.1 -port=5901'],
  ['custom', '127.0.0.1', '127.0.0.1::5901'],
])('the line of %s for %s can be typed by hand', (id, address, rest) => {
  const host = parseIpAddress(address);
  const port = parsePort(5901);
  if (host === undefined || port === undefined) throw new Error('not an endpoint');
  const viewer = { id, name: id, path: '/opt/a viewer', version: '', takesSocket: false };
  expect(viewerCommand(viewer, { host, port }).join(' ')).toBe(`/opt/a viewer ${rest}`);
});

test('Screen Sharing is opened by the system', () => {
  const path = '/System/Applications/Utilities/Screen Sharing.app/Contents/MacOS/Screen Sharing';
  const viewer = { id: 'screen-sharing', name: '', path, version: '', takesSocket: false };
  const host = parseIpAddress('127.0.0.1');
  const port = parsePort(5901);
  if (host === undefined || port === undefined) throw new Error('not an endpoint');
  expect(viewerCommand(viewer, { host, port })).toEqual([
    '/usr/bin/open',
    '-W',
    '-a',
    '/System/Applications/Utilities/Screen Sharing.app',
    'vnc://127.0.0.1:5901',
  ]);
});
