import type { RowOptions, ViewerRow } from './viewer-row.js';
import {
  application,
  flatpak,
  programFiles,
  switches,
  type ViewTarget,
  vncUrl,
} from './viewer-row.js';

const FIRST_VNC_PORT = 5900;
const KEY_FILE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  ' ': '\\s',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** remote-viewer(1) of virt-viewer; has no view-only mode. */
const REMOTE_VIEWER: ViewerRow = {
  id: 'remote-viewer',
  name: 'Remote Viewer (virt-viewer)',
  places: {
    linux: { programs: ['remote-viewer'], paths: flatpak('org.virt_manager.virt-viewer') },
    darwin: { programs: ['remote-viewer'], paths: application('RemoteViewer.app') },
    win32: { paths: programFiles('VirtViewer*\\bin\\remote-viewer.exe') },
  },
  path: /[\\/](remote-viewer(\.exe)?|org\.virt_manager\.virt-viewer|RemoteViewer)$/i,
  banner: /remote-viewer\b.* (\d[\w.]*)/,
  versionQuestion: '--version',
  arguments: (target, { fullScreen }) => [
    ...switches({ '--full-screen': fullScreen }),
    vncUrl(target),
  ],
  canViewOnly: false,
  password: { kind: 'stdin', arguments: () => ['-'], isWhole: true, text: virtViewerFile },
  exit: { kind: 'status' },
};

/** gvncviewer(1) of gtk-vnc: takes display numbers only, port minus 5900. */
const GVNCVIEWER: ViewerRow = {
  id: 'gvncviewer',
  name: 'gvncviewer (gtk-vnc)',
  places: { linux: { programs: ['gvncviewer'] } },
  path: /[\\/]gvncviewer$/,
  arguments: ({ host, port }) => [`${host}:${port - FIRST_VNC_PORT}`],
  canViewOnly: false,
  password: { kind: 'asks' },
  exit: { kind: 'status' },
};

/** remmina(1): one process for all its windows. */
const REMMINA: ViewerRow = {
  id: 'remmina',
  name: 'Remmina',
  places: { linux: { programs: ['remmina'], paths: flatpak('org.remmina.Remmina') } },
  path: /[\\/](remmina|org\.remmina\.Remmina)$/,
  arguments: (target) => ['-c', vncUrl(target)],
  canViewOnly: false,
  password: { kind: 'asks' },
  exit: { kind: 'handsOver' },
};

/** `krdc --help` of KDE Gear. */
const KRDC: ViewerRow = {
  id: 'krdc',
  name: 'KRDC',
  places: { linux: { programs: ['krdc'], paths: flatpak('org.kde.krdc') } },
  path: /[\\/](krdc|org\.kde\.krdc)$/,
  arguments: (target, { fullScreen }) => [
    ...switches({ '--fullscreen': fullScreen }),
    vncUrl(target),
  ],
  canViewOnly: false,
  password: { kind: 'asks' },
  exit: { kind: 'status' },
};

/** `gnome-connections --help`: one process for all its windows. */
const GNOME_CONNECTIONS: ViewerRow = {
  id: 'gnome-connections',
  name: 'GNOME Connections',
  places: {
    linux: { programs: ['gnome-connections'], paths: flatpak('org.gnome.Connections') },
  },
  path: /[\\/](gnome-connections|org\.gnome\.Connections)$/,
  arguments: (target, { fullScreen }) => [
    ...switches({ '--fullscreen': fullScreen }),
    vncUrl(target),
  ],
  canViewOnly: false,
  password: { kind: 'asks' },
  exit: { kind: 'handsOver' },
};

/** open(1): `-W` waits for the application to exit. A password would have to be in the URL, so the viewer asks. */
const SCREEN_SHARING: ViewerRow = {
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
  canViewOnly: false,
  password: { kind: 'asks' },
  exit: { kind: 'status' },
};

export const DESKTOP_ROWS = {
  remoteViewer: REMOTE_VIEWER,
  gvncviewer: GVNCVIEWER,
  remmina: REMMINA,
  krdc: KRDC,
  gnomeConnections: GNOME_CONNECTIONS,
  screenSharing: SCREEN_SHARING,
};

/** A connection file of remote-viewer(1): a GLib key file, with backslash escapes. */
function virtViewerFile(
  password: string,
  { host, port }: ViewTarget,
  { fullScreen }: RowOptions,
): string {
  const escaped = password.replace(
    /[\\ \n\r\t]/g,
    (character) => KEY_FILE_ESCAPES[character] ?? '',
  );
  const lines = [
    '[virt-viewer]',
    'type=vnc',
    `host=${host}`,
    `port=${port}`,
    `password=${escaped}`,
    `fullscreen=${Number(fullScreen)}`,
  ];
  return `${lines.join('\n')}\n`;
}
