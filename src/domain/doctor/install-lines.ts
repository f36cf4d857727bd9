/** How a system installs a VNC viewer: one line to type, and where its packages come from in China. */
export interface InstallLine {
  readonly system: string;
  readonly command: string;
  /** Lines to type before it where the default source is slow or out of reach. */
  readonly mirror: readonly string[];
}

const DEBIAN: InstallLine = {
  system: 'Debian, Ubuntu',
  command: 'sudo apt install tigervnc-viewer',
  mirror: ['https://mirrors.tuna.tsinghua.edu.cn/help/debian/'],
};
const FEDORA: InstallLine = {
  system: 'Fedora',
  command: 'sudo dnf install tigervnc',
  mirror: ['https://mirrors.tuna.tsinghua.edu.cn/help/fedora/'],
};
/** The formula, not the cask: its bottles are on the mirrors, while casks come from their makers. */
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

/** The lines for a system, those that fit best first. */
export function installLines(operatingSystem: NodeJS.Platform): readonly InstallLine[] {
  if (operatingSystem === 'darwin') return [HOMEBREW];
  return operatingSystem === 'win32' ? [WINGET] : [DEBIAN, FEDORA];
}

/** The lines alone, where there is room for one. */
export function installCommands(operatingSystem: NodeJS.Platform): string {
  const commands = installLines(operatingSystem).map(({ command }) => command);
  return commands.join(' | ');
}
