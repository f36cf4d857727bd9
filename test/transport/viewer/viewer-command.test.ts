import { describe, expect, test } from 'vitest';
import { parseIpAddress, parsePort } from '../../../src/model/endpoint.js';
import type { LinkProfile } from '../../../src/transport/transport.js';
import { CUSTOM_ROW, VIEWER_ROWS } from '../../../src/transport/viewer/catalogue.js';
import { viewerCommand } from '../../../src/transport/viewer/plan-launch.js';

test.each([
  ['tigervnc', '127.0.0.1', '-Shared=1 -ReconnectOnError=0 -AlertOnFatalError=0 127.0.0.1::5901'],
  ['tigervnc', 'fd00::7', '-Shared=1 -ReconnectOnError=0 -AlertOnFatalError=0 [fd00::7]::5901'],
  ['turbovnc', '127.0.0.1', '-Shared=1 -NoReconnect -NoNewConn 127.0.0.1::5901'],
  ['remote-viewer', 'fd00::7', 'vnc://[fd00::7]:5901'],
  ['tightvnc', '127.0.0.1', '-host=127.0.0.1 -port=5901'],
  ['custom', '127.0.0.1', '127.0.0.1::5901'],
])('the command line of %s for %s', (id, address, rest) => {
  const host = parseIpAddress(address);
  const port = parsePort(5901);
  if (host === undefined || port === undefined) throw new Error('not an endpoint');
  const viewer = { id, name: id, path: '/opt/a viewer', version: '', takesSocket: false };
  expect(viewerCommand(viewer, { host, port }).join(' ')).toBe(`/opt/a viewer ${rest}`);
});

test('Screen Sharing is started with /usr/bin/open', () => {
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

/** id, options for a slow link, options for a fast link */
const LINKS: [string, string, string][] = [
  [
    'tigervnc',
    '-AutoSelect=0 -PreferredEncoding=Tight -QualityLevel=4 -CustomCompressLevel=1 -CompressLevel=6',
    '-AutoSelect=0 -PreferredEncoding=Tight -QualityLevel=9 -CustomCompressLevel=1 -CompressLevel=1',
  ],
  ['turbovnc', '-JPEG=1 -Quality=30 -Subsampling=4X', '-JPEG=1 -Quality=95 -Subsampling=1X'],
  [
    'tightvnc',
    '-encoding=tight -jpegimagequality=4 -compressionlevel=6',
    '-encoding=tight -jpegimagequality=9 -compressionlevel=1',
  ],
  [
    'ultravnc',
    '-noauto -encoding tight -quality 4 -compresslevel 6',
    '-noauto -encoding tight -quality 9 -compresslevel 1',
  ],
  ['xtightvnc', '-quality 4 -compresslevel 6', '-quality 9 -compresslevel 1'],
  ['remote-viewer', '', ''],
  ['gvncviewer', '', ''],
  ['krdc', '', ''],
  ['remmina', '', ''],
  ['gnome-connections', '', ''],
  ['realvnc', '-Quality=Low', '-Quality=High'],
  ['screen-sharing', '', ''],
  ['custom', '', ''],
];

describe.each(LINKS)('%s', (id, slow, lan) => {
  const host = parseIpAddress('127.0.0.1');
  const port = parsePort(5901);
  if (host === undefined || port === undefined) throw new Error('not an endpoint');
  const viewer = { id, name: id, path: '/bin/it', version: '', takesSocket: false };
  const plain = viewerCommand(viewer, { host, port });
  const added = (link: LinkProfile) =>
    viewerCommand(viewer, { host, port }, link)
      .filter((word) => !plain.includes(word))
      .join(' ');

  test('gets the options for a slow link', () => expect(added('slow')).toBe(slow));
  test('gets the options for a fast link', () => expect(added('lan')).toBe(lan));
});

test('every viewer has a case in LINKS', () => {
  expect(LINKS.map(([id]) => id)).toEqual([...VIEWER_ROWS, CUSTOM_ROW].map(({ id }) => id));
});
