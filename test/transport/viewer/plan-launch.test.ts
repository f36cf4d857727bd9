import { describe, expect, test } from 'vitest';
import { isDeskError } from '../../../src/errors/desk-error.js';
import type { Port } from '../../../src/model/endpoint.js';
import { hideVncPassword } from '../../../src/model/vnc-des.js';
import type { FoundViewer, ViewerOptions } from '../../../src/transport/transport.js';
import { CUSTOM_ROW, VIEWER_ROWS } from '../../../src/transport/viewer/catalogue.js';
import { planLaunch } from '../../../src/transport/viewer/plan-launch.js';

const TCP = { kind: 'tcp', host: '127.0.0.1', port: 43210 as Port } as const;
const SOCKET = { kind: 'socket', path: '/run/user/1/hpc-desk/s' } as const;
const FILE = '/tmp/hpc-desk-x/session.vnc';
const SECRET = 'pa ss\\w0rd';

const viewer = (id: string, path = '/bin/it', version = ''): FoundViewer => ({
  id,
  name: id,
  path,
  version,
  takesSocket: true,
});
const plan = (found: FoundViewer, options: Partial<ViewerOptions>) =>
  planLaunch(
    found,
    {
      address: TCP,
      password: undefined,
      viewOnly: false,
      fullScreen: false,
      signal: new AbortController().signal,
      ...options,
    },
    FILE,
  );
const line = (found: FoundViewer, options: Partial<ViewerOptions>) => {
  try {
    return plan(found, options).argv.slice(1).join(' ');
  } catch (error) {
    return isDeskError(error, 'viewer.failed') ? error.details.reason : String(error);
  }
};

const TIGER = '-Shared=1 -ReconnectOnError=0 -AlertOnFatalError=0';
const TURBO = '-Shared=1 -NoReconnect -NoNewConn';
const XTIGHT = '-encodings copyrect tight hextile zlib corre rre raw';
const NO_VIEW_ONLY = 'it has no view-only mode';
const NO_SOCKET = 'it takes no Unix socket';

/** id, TCP, view-only, full screen, socket, socket with view-only and full screen */
const LINES: [string, string, string, string, string, string][] = [
  [
    'tigervnc',
    `${TIGER} 127.0.0.1::43210`,
    `${TIGER} -ViewOnly=1 127.0.0.1::43210`,
    `${TIGER} -FullScreen=1 127.0.0.1::43210`,
    `${TIGER} ${SOCKET.path}`,
    `${TIGER} -ViewOnly=1 -FullScreen=1 ${SOCKET.path}`,
  ],
  [
    'turbovnc',
    `${TURBO} 127.0.0.1::43210`,
    `${TURBO} -ViewOnly=1 127.0.0.1::43210`,
    `${TURBO} -FullScreen=1 127.0.0.1::43210`,
    NO_SOCKET,
    NO_SOCKET,
  ],
  [
    'tightvnc',
    '-host=127.0.0.1 -port=43210',
    '-host=127.0.0.1 -port=43210 -viewonly=yes',
    '-host=127.0.0.1 -port=43210 -fullscreen=yes',
    NO_SOCKET,
    NO_SOCKET,
  ],
  [
    'ultravnc',
    '-shared 127.0.0.1::43210',
    '-shared -viewonly 127.0.0.1::43210',
    '-shared -fullscreen 127.0.0.1::43210',
    NO_SOCKET,
    NO_SOCKET,
  ],
  [
    'xtightvnc',
    `${XTIGHT} 127.0.0.1::43210`,
    `${XTIGHT} -viewonly 127.0.0.1::43210`,
    `${XTIGHT} -fullscreen 127.0.0.1::43210`,
    NO_SOCKET,
    NO_SOCKET,
  ],
  [
    'remote-viewer',
    'vnc://127.0.0.1:43210',
    NO_VIEW_ONLY,
    '--full-screen vnc://127.0.0.1:43210',
    NO_SOCKET,
    NO_VIEW_ONLY,
  ],
  ['gvncviewer', '127.0.0.1:37310', NO_VIEW_ONLY, '127.0.0.1:37310', NO_SOCKET, NO_VIEW_ONLY],
  [
    'krdc',
    'vnc://127.0.0.1:43210',
    NO_VIEW_ONLY,
    '--fullscreen vnc://127.0.0.1:43210',
    NO_SOCKET,
    NO_VIEW_ONLY,
  ],
  [
    'remmina',
    '-c vnc://127.0.0.1:43210',
    NO_VIEW_ONLY,
    '-c vnc://127.0.0.1:43210',
    NO_SOCKET,
    NO_VIEW_ONLY,
  ],
  [
    'gnome-connections',
    'vnc://127.0.0.1:43210',
    NO_VIEW_ONLY,
    '--fullscreen vnc://127.0.0.1:43210',
    NO_SOCKET,
    NO_VIEW_ONLY,
  ],
  [
    'realvnc',
    '-WarnUnencrypted=0 127.0.0.1::43210',
    '-WarnUnencrypted=0 -ViewOnly=1 127.0.0.1::43210',
    '-WarnUnencrypted=0 -FullScreen=1 127.0.0.1::43210',
    NO_SOCKET,
    NO_SOCKET,
  ],
  [
    'screen-sharing',
    '-W -a /bin/it vnc://127.0.0.1:43210',
    NO_VIEW_ONLY,
    '-W -a /bin/it vnc://127.0.0.1:43210',
    NO_SOCKET,
    NO_VIEW_ONLY,
  ],
  ['custom', '127.0.0.1::43210', NO_VIEW_ONLY, '127.0.0.1::43210', NO_SOCKET, NO_VIEW_ONLY],
];

describe.each(LINES)('%s', (id, tcp, viewOnly, fullScreen, socket, both) => {
  test('TCP port', () => expect(line(viewer(id), {})).toBe(tcp));
  test('view-only', () => expect(line(viewer(id), { viewOnly: true })).toBe(viewOnly));
  test('full screen', () => expect(line(viewer(id), { fullScreen: true })).toBe(fullScreen));
  test('Unix socket', () => expect(line(viewer(id), { address: SOCKET })).toBe(socket));
  test('Unix socket, view-only and full screen', () =>
    expect(line(viewer(id), { address: SOCKET, viewOnly: true, fullScreen: true })).toBe(both));
});

test('every viewer has a case in LINES', () => {
  const ids = [...VIEWER_ROWS, CUSTOM_ROW].map(({ id }) => id);
  expect(LINES.map(([id]) => id)).toEqual(ids);
});

test.each([...VIEWER_ROWS, CUSTOM_ROW])('$id never has the password in its arguments', ({ id }) => {
  for (const fullScreen of [true, false]) {
    const { argv } = plan(viewer(id), { password: SECRET, fullScreen });
    const shown = argv.join('\n');
    expect(shown).not.toContain('w0rd');
    expect(shown).not.toContain(hideVncPassword(Buffer.from(SECRET)).toString('hex'));
  }
});

test.each([
  ['1.8.0', '-Shared=1 127.0.0.1::43210'],
  ['1.11.90', '-Shared=1 127.0.0.1::43210'],
  ['1.12.0', `${TIGER} 127.0.0.1::43210`],
  ['2.0', `${TIGER} 127.0.0.1::43210`],
])('TigerVNC %s gets only options that it supports', (version, expected) => {
  expect(line(viewer('tigervnc', '/bin/it', version), {})).toBe(expected);
});

test('TigerVNC gets the password from its environment', () => {
  const { environment, stdin } = plan(viewer('tigervnc'), { password: SECRET, address: SOCKET });
  expect({ environment, stdin }).toEqual({
    environment: { VNC_PASSWORD: SECRET },
    stdin: undefined,
  });
});

test('WSLENV passes VNC_PASSWORD to a Windows program in WSL', () => {
  const found = viewer('tigervnc', '/mnt/c/Program Files/TigerVNC/vncviewer.exe');
  const { environment } = plan(found, { password: SECRET });
  expect(environment).toEqual({ VNC_PASSWORD: SECRET, WSLENV: 'VNC_PASSWORD' });
});

test.each([
  ['turbovnc', '-AutoPass'],
  ['xtightvnc', '-autopass'],
])('%s reads the password from stdin', (id, option) => {
  const { argv, stdin } = plan(viewer(id), { password: SECRET });
  expect([argv[1], argv.at(-1), stdin]).toEqual([option, '127.0.0.1::43210', `${SECRET}\n`]);
});

test('remote-viewer reads address and password from stdin, as a key file', () => {
  const { argv, stdin } = plan(viewer('remote-viewer'), { password: SECRET, fullScreen: true });
  expect(argv).toEqual(['/bin/it', '-']);
  expect(stdin).toBe(
    '[virt-viewer]\ntype=vnc\nhost=127.0.0.1\nport=43210\npassword=pa\\sss\\\\w0rd\nfullscreen=1\n',
  );
});

test('a password cannot add lines to the key file of remote-viewer', () => {
  const { stdin } = plan(viewer('remote-viewer'), { password: 'x\nproxy=http://evil\r' });
  expect(stdin).toContain('\npassword=x\\nproxy=http://evil\\r\n');
});

test.each([
  ['tightvnc', [`-optionsfile=${FILE}`]],
  ['ultravnc', ['-config', FILE]],
])('%s reads address and password from a file', (id, rest) => {
  const { argv, fileText } = plan(viewer(id), { password: 'secret', viewOnly: true });
  expect(argv.slice(1)).toEqual(rest);
  expect(fileText?.split('\r\n')).toEqual(
    expect.arrayContaining(['host=127.0.0.1', 'port=43210', 'viewonly=1', 'fullscreen=0']),
  );
  expect(fileText).toContain('\npassword=secret\r\n');
});

test.each([
  ['tightvnc', 'slow', ['preferred_encoding=7', 'quality=4', 'compresslevel=6']],
  ['ultravnc', 'lan', ['autoDetect=0', 'QuickOption=0', 'quality=9', 'compresslevel=1']],
] as const)('%s reads the options for a %s link from its file', (id, link, lines) => {
  const { fileText } = plan(viewer(id), { password: 'secret', link });
  expect(fileText?.split('\r\n')).toEqual(expect.arrayContaining([...lines]));
});

test('TurboVNC on Windows is started with its bundled Java, not its batch file', () => {
  const found = viewer('turbovnc', 'C:\\Program Files\\TurboVNC\\java\\jre\\bin\\java.exe');
  expect(plan(found, {}).argv.slice(0, 4)).toEqual([
    'C:\\Program Files\\TurboVNC\\java\\jre\\bin\\java.exe',
    '-Djava.library.path=C:\\Program Files\\TurboVNC\\java',
    '-jar',
    'C:\\Program Files\\TurboVNC\\java\\VncViewer.jar',
  ]);
});
