import { DESKTOP_ROWS } from './desktop-rows.js';
import { VENDOR_ROWS } from './vendor-rows.js';
import type { ViewerRow } from './viewer-row.js';
import { application, doubleColon, switches, vncUrl, windows, windowsInWsl } from './viewer-row.js';

/** Viewers that `auto` picks only if there is no other. */
const LAST_ROWS: readonly ViewerRow[] = [
  /** RealVNC Viewer 6 and 7: "VNC Viewer Parameter Reference". Requires an account for servers of other vendors. */
  {
    id: 'realvnc',
    name: 'RealVNC Viewer',
    places: {
      linux: { programs: ['vncviewer'] },
      darwin: {
        paths: [...application('RealVNC Viewer.app'), ...application('VNC Viewer.app')],
        bundleId: 'com.realvnc.vncviewer',
      },
      win32: windows('vncviewer.exe', 'RealVNC\\VNC Viewer'),
      wsl: windowsInWsl('vncviewer.exe', 'RealVNC/VNC Viewer'),
    },
    path: /[\\/]RealVNC[\\/]|[\\/](RealVNC|VNC) Viewer\.app[\\/]/i,
    banner: /^(?:Real)?VNC(?:\(R\)|®)? Viewer v?(\d[\w.]*)/im,
    versionQuestion: '-help',
    arguments: (target, { viewOnly, fullScreen, link }) => [
      // ssh encrypts the connection; without this, a dialog warns at every start.
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
  },
  /**
   * open(1): `-W` waits for the application to exit. A password would have to be in the URL, so the viewer asks; it often
   * does so anyway, and hangs on servers without authentication.
   */
  {
    id: 'screen-sharing',
    name: 'Screen Sharing',
    places: {
      darwin: {
        paths: [
          '/System/Applications/Utilities/Screen Sharing.app/Contents/MacOS/*',
          '/System/Library/CoreServices/Applications/Screen Sharing.app/Contents/MacOS/*',
        ],
      },
    },
    path: /[\\/]Screen Sharing\.app[\\/]/,
    launcher: (path) => ['/usr/bin/open', '-W', '-a', path.replace(/\/Contents\/MacOS\/.*$/, '')],
    arguments: (target) => [vncUrl(target)],
  },
];

/** All viewers in order of preference: `auto` picks the first one found. */
export const VIEWER_ROWS: readonly ViewerRow[] = [...VENDOR_ROWS, ...DESKTOP_ROWS, ...LAST_ROWS];

/** A program named by path that is not in the table: gets `host::port` only. */
export const CUSTOM_ROW: ViewerRow = {
  id: 'custom',
  name: 'custom',
  places: {},
  path: /(?!)/,
  arguments: (target) => [doubleColon(target)],
};

export function rowOf(id: string): ViewerRow {
  return VIEWER_ROWS.find((row) => row.id === id) ?? CUSTOM_ROW;
}
