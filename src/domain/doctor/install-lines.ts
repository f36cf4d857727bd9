/** How to install a VNC viewer on a system, and a mirror in China. */
export interface InstallLine {
  readonly system: string;
  readonly command: string;
  /** Commands for the mirror, or its instructions. */
  readonly mirror: readonly string[];
}

const LINUX: readonly InstallLine[] = [
  {
    system: 'Debian, Ubuntu',
    command: 'sudo apt install tigervnc-viewer',
    mirror: ['https://mirrors.tuna.tsinghua.edu.cn/help/debian/'],
  },
  {
    system: 'Fedora',
    command: 'sudo dnf install tigervnc',
    mirror: ['https://mirrors.tuna.tsinghua.edu.cn/help/fedora/'],
  },
];
/** The formula rather than the cask, because mirrors do not carry casks. */
const HOMEBREW: InstallLine = {
  system: 'macOS (Homebrew)',
  command: 'brew install tiger-vnc',
  mirror: [
    'export HOMEBREW_API_DOMAIN=https://mirrors.ustc.edu.cn/homebrew-bottles/api',
    'export HOMEBREW_BOTTLE_DOMAIN=https://mirrors.ustc.edu.cn/homebrew-bottles',
  ],
};
const WINGET: InstallLine = {
  system: 'Windows (winget)',
  command: 'winget install --exact --id TigerVNC.TigerVNC',
  mirror: [
    'winget source remove winget',
    'winget source add winget https://mirrors.ustc.edu.cn/winget-source',
  ],
};

/** The commands for a system, best match first. */
export function installLines(operatingSystem: NodeJS.Platform): readonly InstallLine[] {
  if (operatingSystem === 'darwin') return [HOMEBREW];
  return operatingSystem === 'win32' ? [WINGET] : LINUX;
}
