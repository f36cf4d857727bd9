import { type FakeMachine, TIGERVNC_BANNER } from './fake-machine.js';

const APP_PATHS = 'Software\\Microsoft\\Windows\\CurrentVersion\\App Paths';

/** Viewer id, name of the case, and a machine on which only this viewer is found. */
export const FOUND: [string, string, FakeMachine][] = [
  ['tigervnc', 'Debian', { programs: { '/usr/bin/xtigervncviewer': '' } }],
  ['tigervnc', 'Fedora', { programs: { '/usr/bin/vncviewer': TIGERVNC_BANNER } }],
  ['tigervnc', 'openSUSE', { programs: { '/usr/bin/vncviewer': '/usr/bin/vncviewer-tigervnc' } }],
  ['tigervnc', 'a new release', { programs: { '/usr/bin/vncviewer': 'TigerVNC v1.16.0' } }],
  [
    'tigervnc',
    'Flatpak',
    { programs: { '/var/lib/flatpak/exports/bin/org.tigervnc.vncviewer': '' } },
  ],
  [
    'tigervnc',
    'Flatpak of one user',
    { programs: { '/home/li/.local/share/flatpak/exports/bin/org.tigervnc.vncviewer': '' } },
  ],
  [
    'tigervnc',
    'FreeBSD',
    {
      platform: 'freebsd',
      environment: { PATH: '/usr/local/bin' },
      programs: { '/usr/local/bin/vncviewer': TIGERVNC_BANNER },
    },
  ],
  [
    'tigervnc',
    'Nix',
    {
      environment: { PATH: '/home/li/.nix-profile/bin' },
      programs: {
        '/home/li/.nix-profile/bin/vncviewer': '/nix/store/0x1-tigervnc-1.15.0/bin/vncviewer',
      },
    },
  ],
  [
    'tigervnc',
    'macOS, Homebrew',
    {
      platform: 'darwin',
      environment: { PATH: '/opt/homebrew/bin:/usr/bin' },
      programs: {
        '/opt/homebrew/bin/vncviewer': '/opt/homebrew/Cellar/tiger-vnc/1.16.0/bin/vncviewer',
      },
    },
  ],
  [
    'tigervnc',
    'macOS, MacPorts',
    { platform: 'darwin', programs: { '/opt/local/bin/vncviewer': 'TigerVNC v1.16.0\n' } },
  ],
  [
    'tigervnc',
    'macOS since 1.16',
    { platform: 'darwin', programs: { '/Applications/TigerVNC.app/Contents/MacOS/TigerVNC': '' } },
  ],
  [
    'tigervnc',
    'macOS before 1.16',
    {
      platform: 'darwin',
      programs: { '/Applications/TigerVNC Viewer 1.15.0.app/Contents/MacOS/TigerVNC Viewer': '' },
    },
  ],
  [
    'tigervnc',
    'macOS, one user',
    {
      platform: 'darwin',
      programs: { '/Users/li/Applications/TigerVNC.app/Contents/MacOS/TigerVNC': '' },
    },
  ],
  [
    'tigervnc',
    'Windows',
    { platform: 'win32', programs: { 'C:\\Program Files\\TigerVNC\\vncviewer.exe': '' } },
  ],
  [
    'tigervnc',
    'Windows, 32 bits',
    { platform: 'win32', programs: { 'C:\\Program Files (x86)\\TigerVNC\\vncviewer.exe': '' } },
  ],
  [
    'tigervnc',
    'Windows, PATH',
    {
      platform: 'win32',
      environment: { Path: 'D:\\TigerVNC\\' },
      programs: { 'D:\\TigerVNC\\vncviewer.exe': '' },
    },
  ],
  [
    'tigervnc',
    'Windows, App Paths',
    {
      platform: 'win32',
      programs: { 'E:\\apps\\TigerVNC\\vncviewer.exe': '' },
      tools: {
        [`C:\\Windows\\System32\\reg.exe query HKLM\\${APP_PATHS}\\vncviewer.exe /ve`]: `\r\nHKEY_LOCAL_MACHINE\\${APP_PATHS}\\vncviewer.exe\r\n    (Default)    REG_SZ    E:\\apps\\TigerVNC\\vncviewer.exe\r\n\r\n`,
      },
    },
  ],
  [
    'tigervnc',
    'WSL',
    {
      isWsl: true,
      programs: { '/mnt/c/Program Files/TigerVNC/vncviewer.exe': '' },
    },
  ],
  [
    'tigervnc',
    'WSL, PATH',
    {
      isWsl: true,
      environment: { PATH: '/usr/bin:/mnt/d/apps/TigerVNC' },
      programs: { '/mnt/d/apps/TigerVNC/vncviewer.exe': '' },
    },
  ],
  [
    'tigervnc',
    'WSL, App Paths, drives elsewhere',
    {
      isWsl: true,
      environment: { PATH: '/usr/bin:/win/c/Windows/System32' },
      programs: { '/win/e/apps/TigerVNC/vncviewer.exe': '' },
      tools: {
        [`/win/c/Windows/System32/reg.exe query HKCU\\${APP_PATHS}\\vncviewer.exe /ve`]: `\r\n    (Default)    REG_SZ    E:\\apps\\TigerVNC\\vncviewer.exe\r\n`,
      },
    },
  ],
  [
    'tigervnc',
    'Windows, one user',
    {
      platform: 'win32',
      environment: { LOCALAPPDATA: 'C:\\Users\\li\\AppData\\Local' },
      programs: {
        'C:\\Users\\li\\AppData\\Local\\Programs\\TigerVNC\\vncviewer.exe': '',
      },
    },
  ],
  ['turbovnc', 'Linux', { programs: { '/opt/TurboVNC/bin/vncviewer': '' } }],
  [
    'turbovnc',
    'Linux, PATH',
    { programs: { '/usr/bin/vncviewer': '/opt/TurboVNC/bin/vncviewer' } },
  ],
  [
    'turbovnc',
    'Linux, elsewhere',
    { programs: { '/usr/bin/vncviewer': '\nTurboVNC Viewer v3.1.2 (build 20240731) [amd64]\n' } },
  ],
  [
    'turbovnc',
    'macOS',
    {
      platform: 'darwin',
      programs: { '/Applications/TurboVNC/TurboVNC Viewer.app/Contents/MacOS/TurboVNC Viewer': '' },
    },
  ],
  [
    'turbovnc',
    'macOS, elsewhere',
    {
      platform: 'darwin',
      programs: { '/Volumes/x/TurboVNC/V.app/Contents/MacOS/V': '' },
      tools: {
        "/usr/bin/mdfind kMDItemCFBundleIdentifier == 'com.turbovnc.vncviewer.VncViewer'":
          '/Volumes/x/TurboVNC/V.app\n',
      },
    },
  ],
  [
    'turbovnc',
    'Windows',
    {
      platform: 'win32',
      programs: { 'C:\\Program Files\\TurboVNC\\java\\jre\\bin\\java.exe': '' },
    },
  ],
  [
    'tightvnc',
    'Windows',
    { platform: 'win32', programs: { 'C:\\Program Files\\TightVNC\\tvnviewer.exe': '' } },
  ],
  [
    'tightvnc',
    'Windows, PATH',
    { platform: 'win32', programs: { 'D:\\tools\\tvnviewer.exe': '' } },
  ],
  [
    'ultravnc',
    'Windows',
    {
      platform: 'win32',
      programs: { 'C:\\Program Files\\uvnc bvba\\UltraVNC\\vncviewer.exe': '' },
    },
  ],
  ['xtightvnc', 'Debian', { programs: { '/usr/bin/vncviewer': '/usr/bin/xtightvncviewer' } }],
  [
    'xtightvnc',
    'elsewhere',
    { programs: { '/usr/bin/vncviewer': 'TightVNC Viewer version 1.3.10\n' } },
  ],
  [
    'remote-viewer',
    'Linux',
    { programs: { '/usr/bin/remote-viewer': 'remote-viewer version 11.0\n' } },
  ],
  [
    'remote-viewer',
    'macOS',
    { platform: 'darwin', programs: { '/usr/local/bin/remote-viewer': '' } },
  ],
  [
    'remote-viewer',
    'Windows',
    {
      platform: 'win32',
      programs: { 'C:\\Program Files\\VirtViewer v11.0-256\\bin\\remote-viewer.exe': '' },
    },
  ],
  ['gvncviewer', 'Linux', { programs: { '/usr/bin/gvncviewer': '' } }],
  ['krdc', 'Linux', { programs: { '/usr/bin/krdc': '' } }],
  ['krdc', 'Flatpak', { programs: { '/var/lib/flatpak/exports/bin/org.kde.krdc': '' } }],
  ['remmina', 'Linux', { programs: { '/usr/bin/remmina': '' } }],
  ['remmina', 'Flatpak', { programs: { '/var/lib/flatpak/exports/bin/org.remmina.Remmina': '' } }],
  ['gnome-connections', 'Linux', { programs: { '/usr/bin/gnome-connections': '' } }],
  [
    'gnome-connections',
    'Flatpak',
    { programs: { '/var/lib/flatpak/exports/bin/org.gnome.Connections': '' } },
  ],
  [
    'realvnc',
    'Linux',
    {
      programs: {
        '/usr/bin/vncviewer': 'VNC(R) Viewer 6.22.826 (r48527) x64\nCopyright (C) RealVNC Ltd.\n',
      },
    },
  ],
  [
    'realvnc',
    'macOS',
    {
      platform: 'darwin',
      programs: { '/Applications/VNC Viewer.app/Contents/MacOS/vncviewer': '' },
    },
  ],
  [
    'realvnc',
    'macOS, version 7',
    {
      platform: 'darwin',
      programs: { '/Applications/RealVNC Viewer.app/Contents/MacOS/vncviewer': '' },
    },
  ],
  [
    'realvnc',
    'Windows',
    {
      platform: 'win32',
      programs: { 'C:\\Program Files\\RealVNC\\VNC Viewer\\vncviewer.exe': '' },
    },
  ],
  [
    'realvnc',
    'WSL',
    {
      isWsl: true,
      programs: { '/mnt/c/Program Files/RealVNC/VNC Viewer/vncviewer.exe': '' },
    },
  ],
  [
    'screen-sharing',
    'macOS',
    {
      platform: 'darwin',
      programs: {
        '/System/Library/CoreServices/Applications/Screen Sharing.app/Contents/MacOS/Screen Sharing':
          '',
      },
    },
  ],
];
