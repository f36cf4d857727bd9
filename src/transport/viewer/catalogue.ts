import { DESKTOP_ROWS } from './desktop-rows.js';
import { VENDOR_ROWS } from './vendor-rows.js';
import type { RowOptions, ViewerRow } from './viewer-row.js';
import { doubleColon, programFiles, switches, tight, type ViewTarget } from './viewer-row.js';

/** Encoding number of Tight (IANA, "Remote Framebuffer Encoding Types"). */
const TIGHT = 7;

/** TightVNC 2: `tvnviewer.exe -help`, and the file written by "Save session". */
const TIGHTVNC: ViewerRow = {
  id: 'tightvnc',
  name: 'TightVNC',
  places: {
    win32: {
      programs: ['tvnviewer.exe'],
      paths: programFiles('TightVNC\\tvnviewer.exe'),
      appPath: 'tvnviewer.exe',
    },
  },
  path: /(^|[\\/])tvnviewer\.exe$/i,
  arguments: ({ host, port }, { viewOnly, fullScreen, link }) => [
    ...[`-host=${host}`, `-port=${port}`],
    ...switches({ '-viewonly=yes': viewOnly, '-fullscreen=yes': fullScreen }),
    ...tight(link, ({ quality, compression }) => [
      '-encoding=tight',
      ...[`-jpegimagequality=${quality}`, `-compressionlevel=${compression}`],
    ]),
  ],
  canViewOnly: true,
  password: {
    kind: 'file',
    arguments: (path) => [`-optionsfile=${path}`],
    isWhole: true,
    text: connectionFile,
  },
  exit: { kind: 'status' },
};

/** UltraVNC: "Viewer command line parameters" of its manual, and the file written by "Save". */
const ULTRAVNC: ViewerRow = {
  id: 'ultravnc',
  name: 'UltraVNC',
  places: {
    win32: {
      programs: ['vncviewer.exe'],
      paths: [
        ...programFiles('uvnc bvba\\UltraVNC\\vncviewer.exe'),
        ...programFiles('UltraVNC\\vncviewer.exe'),
      ],
      appPath: 'vncviewer.exe',
    },
  },
  path: /[\\/]UltraVNC[\\/]/i,
  arguments: (target, { viewOnly, fullScreen, link }) => [
    '-shared',
    ...switches({ '-viewonly': viewOnly, '-fullscreen': fullScreen }),
    ...tight(link, ({ quality, compression }) => [
      // Automatic selection would override the quality.
      ...['-noauto', '-encoding', 'tight'],
      ...['-quality', `${quality}`, '-compresslevel', `${compression}`],
    ]),
    doubleColon(target),
  ],
  canViewOnly: true,
  password: {
    kind: 'file',
    arguments: (path) => ['-config', path],
    isWhole: true,
    text: connectionFile,
  },
  exit: { kind: 'status' },
};

/** All viewers in order of preference: `auto` picks the first one found. */
export const VIEWER_ROWS: readonly ViewerRow[] = [
  VENDOR_ROWS.tigervnc,
  VENDOR_ROWS.turbovnc,
  TIGHTVNC,
  ULTRAVNC,
  VENDOR_ROWS.xtightvnc,
  DESKTOP_ROWS.remoteViewer,
  DESKTOP_ROWS.gvncviewer,
  DESKTOP_ROWS.krdc,
  // Their exit tells nothing: the window belongs to another process.
  DESKTOP_ROWS.remmina,
  DESKTOP_ROWS.gnomeConnections,
  // Current releases require an account for servers of other vendors.
  VENDOR_ROWS.realvnc,
  // Often asks for credentials, and hangs on servers without authentication.
  DESKTOP_ROWS.screenSharing,
];

/** A program named by path that is not in the table: gets `host::port` only. */
export const CUSTOM_ROW: ViewerRow = {
  id: 'custom',
  name: 'custom',
  places: {},
  path: /(?!)/,
  arguments: (target) => [doubleColon(target)],
  canViewOnly: false,
  password: { kind: 'asks' },
  exit: { kind: 'status' },
};

export function rowOf(id: string): ViewerRow {
  return VIEWER_ROWS.find((row) => row.id === id) ?? CUSTOM_ROW;
}

function connectionFile(
  password: string,
  { host, port }: ViewTarget,
  { viewOnly, fullScreen, link }: RowOptions,
): string {
  const lines = [
    '[connection]',
    `host=${host}`,
    `port=${port}`,
    `password=${password}`,
    '[options]',
    'shared=1',
    `viewonly=${Number(viewOnly)}`,
    `fullscreen=${Number(fullScreen)}`,
    ...tight(link, ({ quality, compression }) => [
      // Of UltraVNC; TightVNC ignores them.
      ...['autoDetect=0', 'QuickOption=0'],
      ...[`preferred_encoding=${TIGHT}`, `quality=${quality}`, `compresslevel=${compression}`],
    ]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
