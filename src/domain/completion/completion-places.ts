import { posix, win32 } from 'node:path';
import { alwaysQuotePosix, quotePowerShell } from '../../model/quote.js';

/** The shells with completion, by the names of `completion`. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

/** Where a shell's completion script goes and how the shell loads it. */
export interface CompletionPlace {
  /** The completion script. */
  readonly path: string;
  /** A start-up file and the lines to add; undefined when the shell finds the script itself. */
  readonly startFile: { readonly path: string; readonly lines: readonly string[] } | undefined;
  /** Command that loads the script into a running shell. */
  readonly loadLine: string | undefined;
}

export interface PlaceFacts {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * bash-completion and fish find scripts in per-user folders. Whether bash-completion is installed, or zsh has such a
 * folder in `fpath`, is unknown, so their start-up files load the script.
 */
export function placeOfCompletion(shell: Shell, facts: PlaceFacts): CompletionPlace {
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
      // Terminals on macOS start login shells.
      const name = platform === 'darwin' ? '.bash_profile' : '.bashrc';
      const word = alwaysQuotePosix(path);
      const lines = [`if [ -r ${word} ]; then . ${word}; fi`];
      return { path, startFile: { path: join(home, name), lines }, loadLine: `. ${word}` };
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
      const startFile = { path: join(folderOf('ZDOTDIR'), '.zshrc'), lines };
      return { path, startFile, loadLine: `source ${word}` };
    }
    case 'fish': {
      const path = join(config, 'fish', 'completions', 'hpc-desk.fish');
      return { path, startFile: undefined, loadLine: undefined };
    }
    case 'powershell': {
      // On Windows the profile may be anywhere and may be blocked by the execution policy, so users add the line
      // themselves.
      const isWindows = platform === 'win32';
      const folder = isWindows ? folderOf('APPDATA', 'AppData', 'Roaming') : data;
      const path = join(folder, 'hpc-desk', 'hpc-desk.ps1');
      const word = quotePowerShell(path);
      const lines = [`if (Test-Path -LiteralPath ${word}) { . ${word} }`];
      const profile = { path: join(config, 'powershell', 'profile.ps1'), lines };
      return { path, startFile: isWindows ? undefined : profile, loadLine: `. ${word}` };
    }
  }
}

/** The shell of a path such as `SHELL`; undefined for another one. */
export function shellOfPath(path: string): Shell | undefined {
  const name = path.replace(/^.*[/\\]/, '').replace(/\.exe$/i, '');
  return SHELLS.find((shell) => shell === (name === 'pwsh' ? 'powershell' : name));
}
