import { describe, expect, it } from 'vitest';
import { readTerminalFeatures, wantsLinks } from '../../src/view/terminal-features.js';

const NOTHING = [undefined, false, false] as const;

describe('a terminal', () => {
  it.each([
    ['that says nothing', {}, ...NOTHING],
    ['xterm', { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, ...NOTHING],
    ['tmux in iTerm2', { TMUX: '/tmp/x,1,0', TERM_PROGRAM: 'iTerm.app' }, ...NOTHING],
    ['tmux by its name', { TERM: 'tmux-256color', LC_TERMINAL: 'iTerm2' }, ...NOTHING],
    ['screen in kitty', { STY: '1.pts', KITTY_WINDOW_ID: '1' }, ...NOTHING],
    ['Terminal of macOS', { TERM_PROGRAM: 'Apple_Terminal' }, ...NOTHING],
    ['an older iTerm2', { TERM_PROGRAM: 'iTerm.app' }, 'osc9', false, true],
    [
      'an older iTerm2 with features',
      { TERM_PROGRAM: 'iTerm.app', TERM_FEATURES: 'T3CwLrMSc7UUw9Ts3BFGsSyHNoSxFPz' },
      'osc9',
      false,
      true,
    ],
    [
      'iTerm2 since 3.6.6',
      { TERM_PROGRAM: 'iTerm.app', TERM_FEATURES: 'T3CwLrMSc7UUw9Ts3BFGsSyHNoSxFP' },
      'osc9',
      true,
      true,
    ],
    ['iTerm2 through ssh', { LC_TERMINAL: 'iTerm2' }, 'osc9', false, true],
    [
      'WezTerm of 2024',
      { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' },
      'osc777',
      false,
      true,
    ],
    [
      'WezTerm of 2026',
      { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20260117-154428-05343b38' },
      'osc777',
      true,
      true,
    ],
    [
      'Ghostty 1.1',
      { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.1.3' },
      'osc777',
      false,
      true,
    ],
    [
      'Ghostty 1.2',
      { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.2.0' },
      'osc777',
      true,
      true,
    ],
    [
      'Ghostty 1.10',
      { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.10.0-main' },
      'osc777',
      true,
      true,
    ],
    ['Ghostty without a version', { TERM: 'xterm-ghostty' }, 'osc777', false, true],
    ['kitty', { KITTY_WINDOW_ID: '3', TERM: 'xterm-kitty' }, 'osc99', false, true],
    ['foot', { TERM: 'foot-extra' }, 'osc777', false, true],
    ['rxvt-unicode', { TERM: 'rxvt-unicode-256color' }, 'osc777', false, false],
    ['Warp', { TERM_PROGRAM: 'WarpTerminal' }, 'osc777', false, true],
    [
      'VS Code 1.71',
      { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.71.2' },
      undefined,
      false,
      false,
    ],
    [
      'VS Code',
      { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.104.0' },
      undefined,
      false,
      true,
    ],
    ['Windows Terminal', { WT_SESSION: 'f2c1' }, undefined, true, true],
    ['ConEmu', { ConEmuANSI: 'ON' }, undefined, true, false],
    ['ConEmu without ANSI', { ConEmuANSI: 'OFF' }, ...NOTHING],
    ['Konsole of 2025', { KONSOLE_VERSION: '251203' }, ...NOTHING],
    ['Konsole 26.04', { KONSOLE_VERSION: '260400' }, undefined, true, false],
    ['VTE 0.50.0', { VTE_VERSION: '5000' }, ...NOTHING],
    ['VTE', { VTE_VERSION: '7803' }, undefined, false, true],
    ['Ptyxis', { VTE_VERSION: '7803', PTYXIS_VERSION: '48.1' }, undefined, true, true],
  ] as const)('%s', (_, environment, notification, hasTaskbar, hasLinks) => {
    expect(readTerminalFeatures(environment)).toMatchObject({ notification, hasTaskbar, hasLinks });
  });
});

describe('the picture format', () => {
  it.each([
    [{ TERM: 'xterm-kitty' }, 'kitty'],
    [{ KITTY_WINDOW_ID: '1', TERM: 'xterm-256color' }, 'kitty'],
    [{ TERM: 'xterm-ghostty' }, 'kitty'],
    [{ TERM_PROGRAM: 'WarpTerminal' }, 'kitty'],
    [{ KONSOLE_VERSION: '220400' }, 'kitty'],
    [{ KONSOLE_VERSION: '211203' }, 'blocks'],
    [{ TERM_PROGRAM: 'iTerm.app' }, 'iterm'],
    [{ LC_TERMINAL: 'iTerm2', TERM: 'xterm-256color' }, 'iterm'],
    [{ TERM_PROGRAM: 'WezTerm' }, 'iterm'],
    [{ TERM_PROGRAM: 'rio' }, 'iterm'],
    [{ TERM_PROGRAM: 'vscode', KONSOLE_VERSION: '251203' }, 'blocks'],
    [{ TERM: 'xterm-256color' }, 'blocks'],
    [{}, 'blocks'],
    [{ TERM: 'xterm-kitty', TMUX: '/tmp/tmux-0/default,1,0' }, 'blocks'],
    [{ TERM_PROGRAM: 'iTerm.app', STY: '1.pts' }, 'blocks'],
    [{ TERM: 'tmux-256color', LC_TERMINAL: 'iTerm2' }, 'blocks'],
  ])('for %j is %s', (environment, graphics) => {
    expect(readTerminalFeatures(environment).graphics).toBe(graphics);
  });
});

describe('hyperlinks are used', () => {
  const KITTY = { TERM: 'xterm-kitty' };
  it.each([
    ['where they are understood', KITTY, true],
    ['nowhere else', { TERM: 'xterm' }, false],
    ['with FORCE_HYPERLINK anywhere', { TERM: 'xterm', FORCE_HYPERLINK: '1' }, true],
    ['not with FORCE_HYPERLINK=0', { ...KITTY, FORCE_HYPERLINK: '0' }, false],
    ['not with NO_HYPERLINKS', { ...KITTY, NO_HYPERLINKS: '1' }, false],
    ['with an empty NO_HYPERLINKS', { ...KITTY, NO_HYPERLINKS: '' }, true],
    ['not through ssh', { ...KITTY, SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
    ['not in CI', { ...KITTY, CI: 'true' }, false],
    ['not on a dumb terminal', { KITTY_WINDOW_ID: '1', TERM: 'dumb' }, false],
  ] as const)('%s', (_, environment, isWanted) => {
    expect(wantsLinks(environment)).toBe(isWanted);
  });
});
