import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A shell configuration to test completion with. */
export interface ShellStart {
  readonly title: string;
  readonly shell: 'bash' | 'zsh' | 'fish';
  /** Content of the start file before it sources the completion script. */
  readonly before: string;
}

const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion';
const hasBashCompletion = existsSync(BASH_COMPLETION) || process.env.CI === 'true';

const BASH = `
PS1='READY> '
bind 'set show-all-if-ambiguous on' 'set page-completions off' 'set enable-bracketed-paste off'
bind -x '"\\C-t": echo "<<$READLINE_LINE>>"'
`;
const ZSH = `
PROMPT='READY> '
show-line() { print -r -- "<<$BUFFER>>" }
zle -N show-line
bindkey '^T' show-line
setopt no_list_beep no_always_last_prompt
`;
const FISH = `
set -g fish_greeting
set -g fish_autosuggestion_enabled 0
function fish_prompt; echo -n 'READY> '; end
bind \\ct 'echo "<<"(commandline)">>"'
`;

/** The setup of each shell that `pressTab` needs. */
export const KEYS = { bash: BASH, zsh: ZSH, fish: FISH } as const;

/** Every configuration available on this machine; with `CI=true`, bash-completion is required. */
export const SHELL_STARTS: readonly ShellStart[] = [
  { title: 'bash without bash-completion', shell: 'bash', before: BASH },
  ...(hasBashCompletion
    ? [
        {
          title: 'bash with bash-completion',
          shell: 'bash' as const,
          before: `${BASH}\n. ${BASH_COMPLETION}`,
        },
      ]
    : []),
  { title: 'zsh', shell: 'zsh', before: `${ZSH}\nautoload -Uz compinit; compinit -D -u` },
  { title: 'fish', shell: 'fish', before: FISH },
];

/** The command that starts a shell in its home folder with the start file there. */
export function startCommand({ shell }: Pick<ShellStart, 'shell'>): string {
  const commands = {
    bash: 'bash --noprofile --rcfile .bashrc -i',
    zsh: 'zsh -d -i',
    fish: 'fish -i',
  };
  return commands[shell];
}

/** Writes a start file that sources a completion script. */
export function writeStartFile(
  { shell, before }: ShellStart,
  folder: string,
  script: string,
): void {
  const path = join(folder, 'script');
  writeFileSync(path, script);
  writeShellStart(shell, folder, `${before}\nsource ${path}\n`);
}

export function writeShellStart(shell: ShellStart['shell'], folder: string, text: string): void {
  const config = join(folder, '.config', 'fish');
  const paths = {
    bash: join(folder, '.bashrc'),
    zsh: join(folder, '.zshrc'),
    fish: join(config, 'config.fish'),
  };
  if (shell === 'fish') mkdirSync(config, { recursive: true });
  writeFileSync(paths[shell], text);
}
