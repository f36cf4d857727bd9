import { expect, it } from 'vitest';
import {
  placeOfCompletion,
  type Shell,
  shellOfPath,
} from '../../../src/domain/completion/completion-places.js';

const HOME = '/home/me';
const DATA = '/home/me/.local/share';

const CASES: readonly (readonly [
  Shell,
  NodeJS.Platform,
  Record<string, string>,
  string,
  string | undefined,
])[] = [
  ['bash', 'linux', {}, `${DATA}/bash-completion/completions/hpc-desk`, '/home/me/.bashrc'],
  ['bash', 'darwin', {}, `${DATA}/bash-completion/completions/hpc-desk`, '/home/me/.bash_profile'],
  [
    'bash',
    'linux',
    { XDG_DATA_HOME: '/data' },
    '/data/bash-completion/completions/hpc-desk',
    '/home/me/.bashrc',
  ],
  [
    'bash',
    'linux',
    { XDG_DATA_HOME: 'relative' },
    `${DATA}/bash-completion/completions/hpc-desk`,
    '/home/me/.bashrc',
  ],
  ['zsh', 'linux', {}, `${DATA}/zsh/site-functions/_hpc-desk`, '/home/me/.zshrc'],
  ['zsh', 'linux', { ZDOTDIR: '/z' }, `${DATA}/zsh/site-functions/_hpc-desk`, '/z/.zshrc'],
  ['fish', 'linux', {}, '/home/me/.config/fish/completions/hpc-desk.fish', undefined],
  ['fish', 'darwin', { XDG_CONFIG_HOME: '/c' }, '/c/fish/completions/hpc-desk.fish', undefined],
  [
    'powershell',
    'linux',
    {},
    `${DATA}/hpc-desk/hpc-desk.ps1`,
    '/home/me/.config/powershell/profile.ps1',
  ],
  [
    'powershell',
    'win32',
    { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' },
    'C:\\Users\\me\\AppData\\Roaming\\hpc-desk\\hpc-desk.ps1',
    undefined,
  ],
];

it.each(CASES)(
  '%s on %s with %j has the right script path and startup file',
  (shell, platform, environment, path, start) => {
    const place = placeOfCompletion(shell, { platform, home: HOME, environment });
    expect([place.path, place.startFile?.path]).toEqual([path, start]);
  },
);

it('a path with quotes is quoted in every startup line', () => {
  const environment = { XDG_DATA_HOME: "/it's $(x)" };
  const lines = (shell: Shell) =>
    placeOfCompletion(shell, { platform: 'linux', home: HOME, environment }).startFile?.lines;
  expect(lines('bash')?.[0]).toContain(`. '/it'\\''s $(x)/bash-completion/completions/hpc-desk';`);
  expect(lines('powershell')?.[0]).toContain("'/it''s $(x)/hpc-desk/hpc-desk.ps1'");
});

it.each([
  ['/bin/bash', 'bash'],
  ['/usr/bin/pwsh', 'powershell'],
  ['C:\\Program Files\\Git\\usr\\bin\\bash.exe', 'bash'],
  ['fish', 'fish'],
  ['/bin/tcsh', undefined],
])('the shell of %s is %s', (path, shell) => {
  expect(shellOfPath(path)).toBe(shell);
});
