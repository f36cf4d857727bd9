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

export const WINDOWS_ROWS = { tightvnc: TIGHTVNC, ultravnc: ULTRAVNC };

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
