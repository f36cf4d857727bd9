import { posix, win32 } from 'node:path';
import { alwaysQuotePosix, quotePowerShell } from '../../model/quote.js';

/** Where the completion of a shell is kept, and how the shell comes to read it. */
export interface CompletionPlace {
  /** The script. */
  readonly path: string;
  /** A file that the shell reads when it starts, and the lines for it; undefined where it finds the script by itself. */
  readonly startFile: StartFile | undefined;
  /** The line that loads the script into a running shell. */
  readonly loadLine: string | undefined;
}

export interface StartFile {
  readonly path: string;
  readonly lines: readonly string[];
}

export interface PlaceFacts {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * bash-completion and fish look for scripts in folders of the user by name. Whether bash-completion is there at all,
 * and whether zsh has a folder of the user in `fpath`, only the start file decides: so that one loads the script.
 */
export function placeOfCompletion(shell: string, facts: PlaceFacts): CompletionPlace | undefined {
  const { platform, home, environment } = facts;
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  const folderOf = (variable: string, ...otherwise: readonly string[]) => {
    const chosen = environment[variable];
    return chosen !== undefined && isAbsolute(chosen) ? chosen : join(home, ...otherwise);
  };
  const data = folderOf('XDG_DATA_HOME', '.local', 'share');
  const config = folderOf('XDG_CONFIG_HOME', '.config');

  switch (shell) {
    case 'bash': {
      const path = join(data, 'bash-completion', 'completions', 'hpc-desk');
      // Terminal windows of macOS start login shells.
      const name = platform === 'darwin' ? '.bash_profile' : '.bashrc';
      const word = alwaysQuotePosix(path);
      const lines = [`if [ -r ${word} ]; then . ${word}; fi`];
      return place(path, { path: join(home, name), lines }, `. ${word}`);
    }
    case 'zsh': {
      const path = join(data, 'zsh', 'site-functions', '_hpc-desk');
      const word = alwaysQuotePosix(path);
      const lines = [
        `if [[ -r ${word} ]]; then`,
        '  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }',
        `  source ${word}`,
        'fi',
      ];
      return place(path, { path: join(folderOf('ZDOTDIR'), '.zshrc'), lines }, `source ${word}`);
    }
    case 'fish':
      return place(join(config, 'fish', 'completions', 'hpc-desk.fish'), undefined, undefined);
    case 'powershell': {
      // A profile on Windows may stand anywhere and may be forbidden to run: the user adds the line.
      const isWindows = platform === 'win32';
      const folder = isWindows ? folderOf('APPDATA', 'AppData', 'Roaming') : data;
      const path = join(folder, 'hpc-desk', 'hpc-desk.ps1');
      const word = quotePowerShell(path);
      const lines = [`if (Test-Path -LiteralPath ${word}) { . ${word} }`];
      const profile = { path: join(config, 'powershell', 'profile.ps1'), lines };
      return place(path, isWindows ? undefined : profile, `. ${word}`);
    }
    default:
      return undefined;
  }
}

function place(
  path: string,
  startFile: StartFile | undefined,
  loadLine: string | undefined,
): CompletionPlace {
  return { path, startFile, loadLine };
}

/** The shell that a path such as that of `SHELL` names, in the words of `completion`. */
export function shellOfPath(path: string): string {
  const name = path.replace(/^.*[/\\]/, '').replace(/\.exe$/i, '');
  return name === 'pwsh' ? 'powershell' : name;
}
