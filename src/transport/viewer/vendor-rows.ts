import type { LinkProfile } from '../transport.js';
import type { PasswordChannel, RowOptions, ViewerRow, ViewTarget } from './viewer-row.js';
import {
  application,
  doubleColon,
  flatpak,
  programFiles,
  switches,
  tight,
  windows,
  windowsInWsl,
} from './viewer-row.js';

/** Encoding number of Tight (IANA, "Remote Framebuffer Encoding Types"). */
const TIGHT = 7;
/** JPEG quality 1 to 100; the viewer's default is 95 without subsampling. */
const TURBOVNC_QUALITY: Readonly<Record<LinkProfile, readonly string[]>> = {
  slow: ['-JPEG=1', '-Quality=30', '-Subsampling=4X'],
  lan: ['-JPEG=1', '-Quality=95', '-Subsampling=1X'],
};

/** Viewers of VNC server vendors, preferred ones first; on Linux most are called `vncviewer`. */
export const VENDOR_ROWS: readonly ViewerRow[] = [
  /** Options and environment: `vncviewer -help` and vncviewer(1), checked with 1.12. */
  {
    id: 'tigervnc',
    name: 'TigerVNC',
    places: {
      linux: {
        programs: ['xtigervncviewer', 'vncviewer'],
        paths: flatpak('org.tigervnc.vncviewer'),
      },
      darwin: {
        programs: ['vncviewer'],
        paths: [
          // `TigerVNC.app` since 1.16, `TigerVNC Viewer 1.15.0.app` before.
          ...application('TigerVNC*.app'),
          // Homebrew and MacPorts: missing in the PATH of a process that no shell started.
          ...['/opt/homebrew', '/usr/local', '/opt/local'].map((root) => `${root}/bin/vncviewer`),
        ],
      },
      win32: windows('vncviewer.exe', 'TigerVNC'),
      wsl: windowsInWsl('vncviewer.exe', 'TigerVNC'),
    },
    // Homebrew: `Cellar/tiger-vnc/…/vncviewer`; Nix: `…-tigervnc-1.15.0/bin/vncviewer`.
    path: /(^|[\\/])(x?tigervncviewer|vncviewer-tigervnc|org\.tigervnc\.vncviewer)$|[\\/]TigerVNC[^\\/]*[\\/]|tiger-?vnc[^\\/]*[\\/](.*[\\/])?\.?vncviewer[^\\/]*$/i,
    // `TigerVNC Viewer 64-bit v1.12.0`, `TigerVNC Viewer v1.13.1`, `TigerVNC viewer v1.15.0`, `TigerVNC v1.16.0`.
    banner: /^TigerVNC\b.* v(\d[\w.]*)/im,
    versionQuestion: '-help',
    needsVersion: true,
    arguments: (target, options) => [...tigerVncOptions(options), doubleColon(target)],
    socketArguments: (path, options) => [...tigerVncOptions(options), path],
    canViewOnly: true,
    password: { kind: 'environment', variable: 'VNC_PASSWORD' },
    // Measured with 1.12: exits with 0 after a wrong password or a refused or lost connection, with 1 without a display.
    failure:
      /fail(ed|ure)\b|end of stream|unable to|connection .*(dropped|closed|refused|reset)|timed out|broken pipe|no matching|too many|unexpected/i,
  },
  /** Options: `vncviewer -?` and `-??` of 3.x. */
  {
    id: 'turbovnc',
    name: 'TurboVNC',
    places: {
      linux: { programs: ['vncviewer'], paths: ['/opt/TurboVNC/bin/vncviewer'] },
      darwin: {
        paths: ['/Applications/TurboVNC/TurboVNC Viewer.app/Contents/MacOS/TurboVNC Viewer'],
        bundleId: 'com.turbovnc.vncviewer.VncViewer',
      },
      // On Windows vncviewer is a batch file, which re-parses its arguments; runs its bundled Java the same way instead.
      win32: { paths: programFiles('TurboVNC\\java\\jre\\bin\\java.exe') },
    },
    path: /[\\/]TurboVNC[\\/]/i,
    banner: /TurboVNC Viewer v(\d[\w.]*)/i,
    launcher: (path) => {
      const folder = /^(.*\\java)\\jre\\bin\\java\.exe$/i.exec(path)?.[1];
      return folder === undefined
        ? [path]
        : [path, `-Djava.library.path=${folder}`, '-jar', `${folder}\\VncViewer.jar`];
    },
    arguments: (target, { viewOnly, fullScreen, link }) => [
      ...['-Shared=1', '-NoReconnect', '-NoNewConn'],
      ...switches({ '-ViewOnly=1': viewOnly, '-FullScreen=1': fullScreen }),
      ...(link === undefined ? [] : TURBOVNC_QUALITY[link]),
      doubleColon(target),
    ],
    canViewOnly: true,
    password: passwordLine('-AutoPass'),
  },
  /** TightVNC 2: `tvnviewer.exe -help`, and the file written by "Save session". */
  {
    id: 'tightvnc',
    name: 'TightVNC',
    places: { win32: windows('tvnviewer.exe', 'TightVNC') },
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
    password: { kind: 'file', arguments: (path) => [`-optionsfile=${path}`], text: connectionFile },
  },
  /** UltraVNC: "Viewer command line parameters" of its manual, and the file written by "Save". */
  {
    id: 'ultravnc',
    name: 'UltraVNC',
    places: { win32: windows('vncviewer.exe', 'uvnc bvba\\UltraVNC', 'UltraVNC') },
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
    password: { kind: 'file', arguments: (path) => ['-config', path], text: connectionFile },
  },
  /** The X11 viewer of TightVNC 1.3: xtightvncviewer(1). */
  {
    id: 'xtightvnc',
    name: 'TightVNC (X11)',
    places: { linux: { programs: ['xtightvncviewer', 'vncviewer'] } },
    path: /[\\/]xtightvncviewer$/,
    banner: /TightVNC Viewer version (\d[\w.]*)/i,
    arguments: (target, { viewOnly, fullScreen, link }) => [
      // For a loopback server the viewer would prefer raw encoding.
      ...['-encodings', 'copyrect tight hextile zlib corre rre raw'],
      ...switches({ '-viewonly': viewOnly, '-fullscreen': fullScreen }),
      ...tight(link, ({ quality, compression }) => [
        ...['-quality', `${quality}`],
        ...['-compresslevel', `${compression}`],
      ]),
      doubleColon(target),
    ],
    canViewOnly: true,
    password: passwordLine('-autopass'),
  },
];

/** The password as a line on stdin, read because of an option. */
function passwordLine(option: string): PasswordChannel {
  const text = (password: string) => `${password}\n`;
  return { kind: 'stdin', arguments: () => [option], keepsArguments: true, text };
}

function tigerVncOptions({ viewOnly, fullScreen, link, version }: RowOptions): string[] {
  // A viewer prints its usage and exits at an unknown option; 1.12 is the oldest version known to have both.
  const [major = 1, minor = 12] = version === '' ? [] : version.split('.').map(Number);
  const isQuiet = major > 1 || minor >= 12;
  return [
    '-Shared=1',
    // Print failures to stderr instead of a dialog.
    ...(isQuiet ? ['-ReconnectOnError=0', '-AlertOnFatalError=0'] : []),
    ...switches({ '-ViewOnly=1': viewOnly, '-FullScreen=1': fullScreen }),
    ...tight(link, ({ quality, compression }) => [
      // Automatic selection would override the quality.
      ...['-AutoSelect=0', '-PreferredEncoding=Tight', `-QualityLevel=${quality}`],
      ...['-CustomCompressLevel=1', `-CompressLevel=${compression}`],
    ]),
  ];
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
