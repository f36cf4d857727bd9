import type { RowOptions, ViewerRow, ViewTarget } from './viewer-row.js';
import { application, flatpak, programFiles, switches, vncUrl } from './viewer-row.js';

const FIRST_VNC_PORT = 5900;
const KEY_FILE_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  ' ': '\\s',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Viewers of desktop environments and distributions, preferred ones first. */
export const DESKTOP_ROWS: readonly ViewerRow[] = [
  /** remote-viewer(1) of virt-viewer; has no view-only mode. */
  {
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
    arguments: urlAfter('--full-screen'),
    password: { kind: 'stdin', arguments: () => ['-'], text: virtViewerFile },
  },
  /** gvncviewer(1) of gtk-vnc: takes display numbers only, port minus 5900. */
  {
    id: 'gvncviewer',
    name: 'gvncviewer (gtk-vnc)',
    places: { linux: { programs: ['gvncviewer'] } },
    path: /[\\/]gvncviewer$/,
    arguments: ({ host, port }) => [`${host}:${port - FIRST_VNC_PORT}`],
  },
  /** `krdc --help` of KDE Gear. */
  {
    id: 'krdc',
    name: 'KRDC',
    places: { linux: { programs: ['krdc'], paths: flatpak('org.kde.krdc') } },
    path: /[\\/](krdc|org\.kde\.krdc)$/,
    arguments: urlAfter('--fullscreen'),
  },
  /** remmina(1): one process for all its windows. */
  {
    id: 'remmina',
    name: 'Remmina',
    places: { linux: { programs: ['remmina'], paths: flatpak('org.remmina.Remmina') } },
    path: /[\\/](remmina|org\.remmina\.Remmina)$/,
    arguments: (target) => ['-c', vncUrl(target)],
    handsOver: true,
  },
  /** `gnome-connections --help`: one process for all its windows. */
  {
    id: 'gnome-connections',
    name: 'GNOME Connections',
    places: {
      linux: { programs: ['gnome-connections'], paths: flatpak('org.gnome.Connections') },
    },
    path: /[\\/](gnome-connections|org\.gnome\.Connections)$/,
    arguments: urlAfter('--fullscreen'),
    handsOver: true,
  },
];

/** The address as a URL, after the option for full screen. */
function urlAfter(option: string): ViewerRow['arguments'] {
  return (target, { fullScreen }) => [...switches({ [option]: fullScreen }), vncUrl(target)];
}

/** A connection file of remote-viewer(1): a GLib key file, with backslash escapes. */
function virtViewerFile(
  password: string,
  { host, port }: ViewTarget,
  { fullScreen }: RowOptions,
): string {
  const escaped = password.replace(/[\\ \n\r\t]/g, (found) => KEY_FILE_ESCAPES[found] ?? '');
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
