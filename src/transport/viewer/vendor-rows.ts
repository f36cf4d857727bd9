import type { LinkProfile } from '../transport.js';
import type { RowOptions, ViewerRow } from './viewer-row.js';
import { application, doubleColon, flatpak, programFiles, switches, tight } from './viewer-row.js';

/** Options and environment: `vncviewer -help` and vncviewer(1), checked with 1.12. */
const TIGERVNC: ViewerRow = {
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
        // Homebrew and MacPorts, which a PATH that no shell has set lacks.
        ...['/opt/homebrew', '/usr/local', '/opt/local'].map((root) => `${root}/bin/vncviewer`),
      ],
    },
    win32: {
      programs: ['vncviewer.exe'],
      paths: programFiles('TigerVNC\\vncviewer.exe'),
      appPath: 'vncviewer.exe',
    },
    wsl: {
      programs: ['vncviewer.exe'],
      paths: ['/mnt/c/Program Files/TigerVNC/vncviewer.exe'],
      appPath: 'vncviewer.exe',
    },
  },
  // Of Homebrew `Cellar/tiger-vnc/…/vncviewer`, of Nix `…-tigervnc-1.15.0/bin/vncviewer`.
  path: /(^|[\\/])(x?tigervncviewer|vncviewer-tigervnc|org\.tigervnc\.vncviewer)$|[\\/]TigerVNC[^\\/]*[\\/]|tiger-?vnc[^\\/]*[\\/](.*[\\/])?\.?vncviewer[^\\/]*$/i,
  // `TigerVNC Viewer 64-bit v1.12.0`, `TigerVNC Viewer v1.13.1`, `TigerVNC viewer v1.15.0`, `TigerVNC v1.16.0`.
  banner: /^TigerVNC\b.* v(\d[\w.]*)/im,
  versionQuestion: '-help',
  needsVersion: true,
  arguments: (target, options) => [...tigerVncOptions(options), doubleColon(target)],
  socketArguments: (path, options) => [...tigerVncOptions(options), path],
  canViewOnly: true,
  password: { kind: 'environment', variable: 'VNC_PASSWORD' },
  // Measured with 1.12: 0 after a wrong password, a refused and a lost connection; 1 without a display.
  exit: {
    kind: 'words',
    failure:
      /fail(ed|ure)\b|end of stream|unable to|connection .*(dropped|closed|refused|reset)|timed out|broken pipe|no matching|too many|unexpected/i,
  },
};

/** Its JPEG quality runs from 1 to 100, and 95 without subsampling is its own default. */
const TURBOVNC_QUALITY: Readonly<Record<LinkProfile, readonly string[]>> = {
  slow: ['-JPEG=1', '-Quality=30', '-Subsampling=4X'],
  lan: ['-JPEG=1', '-Quality=95', '-Subsampling=1X'],
};

/** Options: `vncviewer -?` and `-??` of 3.x. */
const TURBOVNC: ViewerRow = {
  id: 'turbovnc',
  name: 'TurboVNC',
  places: {
    linux: { programs: ['vncviewer'], paths: ['/opt/TurboVNC/bin/vncviewer'] },
    darwin: {
      paths: ['/Applications/TurboVNC/TurboVNC Viewer.app/Contents/MacOS/TurboVNC Viewer'],
      bundleId: 'com.turbovnc.vncviewer.VncViewer',
    },
    // Its vncviewer is a batch file there, which re-reads its arguments; its own Java is started as the file does.
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
  password: {
    kind: 'stdin',
    arguments: () => ['-AutoPass'],
    isWhole: false,
    text: (password) => `${password}\n`,
  },
  exit: { kind: 'status' },
};

/** The X11 viewer of TightVNC 1.3: xtightvncviewer(1). */
const XTIGHTVNC: ViewerRow = {
  id: 'xtightvnc',
  name: 'TightVNC (X11)',
  places: { linux: { programs: ['xtightvncviewer', 'vncviewer'] } },
  path: /[\\/]xtightvncviewer$/,
  banner: /TightVNC Viewer version (\d[\w.]*)/i,
  arguments: (target, { viewOnly, fullScreen, link }) => [
    // It takes a server on loopback for one on this machine, and would ask for uncompressed pixels.
    ...['-encodings', 'copyrect tight hextile zlib corre rre raw'],
    ...switches({ '-viewonly': viewOnly, '-fullscreen': fullScreen }),
    ...tight(link, ({ quality, compression }) => [
      ...['-quality', `${quality}`],
      ...['-compresslevel', `${compression}`],
    ]),
    doubleColon(target),
  ],
  canViewOnly: true,
  password: {
    kind: 'stdin',
    arguments: () => ['-autopass'],
    isWhole: false,
    text: (password) => `${password}\n`,
  },
  exit: { kind: 'status' },
};

/** RealVNC Viewer 6 and 7: its "VNC Viewer Parameter Reference". Later ones want an account. */
const REALVNC: ViewerRow = {
  id: 'realvnc',
  name: 'RealVNC Viewer',
  places: {
    linux: { programs: ['vncviewer'] },
    darwin: {
      paths: [...application('RealVNC Viewer.app'), ...application('VNC Viewer.app')],
      bundleId: 'com.realvnc.vncviewer',
    },
    win32: {
      programs: ['vncviewer.exe'],
      paths: programFiles('RealVNC\\VNC Viewer\\vncviewer.exe'),
      appPath: 'vncviewer.exe',
    },
    wsl: {
      programs: ['vncviewer.exe'],
      paths: ['/mnt/c/Program Files/RealVNC/VNC Viewer/vncviewer.exe'],
      appPath: 'vncviewer.exe',
    },
  },
  path: /[\\/]RealVNC[\\/]|[\\/](RealVNC|VNC) Viewer\.app[\\/]/i,
  banner: /^(?:Real)?VNC(?:\(R\)|®)? Viewer v?(\d[\w.]*)/im,
  versionQuestion: '-help',
  arguments: (target, { viewOnly, fullScreen, link }) => [
    // The connection runs inside ssh; without this a dialogue warns at every start.
    '-WarnUnencrypted=0',
    ...switches({
      '-ViewOnly=1': viewOnly,
      '-FullScreen=1': fullScreen,
      '-Quality=Low': link === 'slow',
      '-Quality=High': link === 'lan',
    }),
    doubleColon(target),
  ],
  canViewOnly: true,
  password: { kind: 'asks' },
  exit: { kind: 'status' },
};

/** The viewers made by the makers of VNC servers; on Linux each of them is a program called `vncviewer`. */
export const VENDOR_ROWS = {
  tigervnc: TIGERVNC,
  turbovnc: TURBOVNC,
  xtightvnc: XTIGHTVNC,
  realvnc: REALVNC,
};

function tigerVncOptions({ viewOnly, fullScreen, link, version }: RowOptions): string[] {
  // Failures belong on our stderr, not into a dialogue that nobody may see.
  const quiet = knowsQuietErrors(version) ? ['-ReconnectOnError=0', '-AlertOnFatalError=0'] : [];
  return [
    '-Shared=1',
    ...quiet,
    ...switches({ '-ViewOnly=1': viewOnly, '-FullScreen=1': fullScreen }),
    ...tight(link, ({ quality, compression }) => [
      // It would choose by the speed that it measures, and set its own quality.
      ...['-AutoSelect=0', '-PreferredEncoding=Tight', `-QualityLevel=${quality}`],
      ...['-CustomCompressLevel=1', `-CompressLevel=${compression}`],
    ]),
  ];
}

/** An older viewer prints its usage and ends when it meets a name it does not know; 1.12 is known to know both. */
function knowsQuietErrors(version: string): boolean {
  const [major = 1, minor = 12] = version === '' ? [] : version.split('.').map(Number);
  return major > 1 || minor >= 12;
}
