type Environment = Readonly<Record<string, string | undefined>>;

/** What a terminal can do besides text, as far as it is known; one that is not known can do nothing. */
export interface TerminalFeatures {
  /** How it is asked to show a notification. */
  readonly notification: 'osc9' | 'osc99' | 'osc777' | undefined;
  /** Whether it shows progress on its tab or in the taskbar (OSC 9;4). Others take that for a notification. */
  readonly hasTaskbar: boolean;
  /** Whether it makes links of OSC 8. */
  readonly hasLinks: boolean;
}

interface Row extends Partial<TerminalFeatures> {
  readonly isIt: (environment: Environment) => boolean;
  /** The same as `hasTaskbar`, where it depends on the version. */
  readonly learntTaskbar?: (environment: Environment) => boolean;
  readonly learntLinks?: (environment: Environment) => boolean;
}

const isProgram = (name: string) => (environment: Environment) => environment.TERM_PROGRAM === name;
const sinceVersion = (version: string) => (environment: Environment) =>
  isAtLeast(environment.TERM_PROGRAM_VERSION, version);

/** The first row that fits counts. */
const TERMINALS: readonly Row[] = [
  // tmux and screen pass such things on only when they are told to.
  { isIt: ({ TMUX, STY, TERM = '' }) => Boolean(TMUX || STY) || /^(tmux|screen)/.test(TERM) },
  // Announced in TERM_FEATURES (https://iterm2.com/feature-reporting/) as `P`, since 3.6.6.
  {
    isIt: ({ TERM_PROGRAM, LC_TERMINAL }) =>
      TERM_PROGRAM === 'iTerm.app' || LC_TERMINAL === 'iTerm2',
    notification: 'osc9',
    hasLinks: true,
    learntTaskbar: ({ TERM_FEATURES = '' }) => /P(?![a-z])/.test(TERM_FEATURES),
  },
  // https://github.com/wezterm/wezterm/issues/6581
  {
    isIt: isProgram('WezTerm'),
    notification: 'osc777',
    hasLinks: true,
    learntTaskbar: sinceVersion('20250210'),
  },
  // https://ghostty.org/docs/install/release-notes/1-2-0
  {
    isIt: ({ TERM_PROGRAM, TERM }) => TERM_PROGRAM === 'ghostty' || TERM === 'xterm-ghostty',
    notification: 'osc777',
    hasLinks: true,
    learntTaskbar: sinceVersion('1.2'),
  },
  // https://sw.kovidgoyal.net/kitty/desktop-notifications/
  {
    isIt: ({ KITTY_WINDOW_ID, TERM }) => Boolean(KITTY_WINDOW_ID) || TERM === 'xterm-kitty',
    notification: 'osc99',
    hasLinks: true,
  },
  { isIt: ({ TERM = '' }) => /^foot/.test(TERM), notification: 'osc777', hasLinks: true },
  { isIt: ({ TERM = '' }) => /^rxvt-unicode/.test(TERM), notification: 'osc777' },
  { isIt: isProgram('WarpTerminal'), notification: 'osc777', hasLinks: true },
  { isIt: isProgram('vscode'), learntLinks: sinceVersion('1.72') },
  // https://conemu.github.io/en/AnsiEscapeCodes.html#ConEmu_specific_OSC
  { isIt: ({ ConEmuANSI }) => ConEmuANSI === 'ON', hasTaskbar: true },
  {
    isIt: ({ WT_SESSION }) => Boolean(WT_SESSION),
    hasTaskbar: true,
    hasLinks: true,
  },
  // https://invent.kde.org/utilities/konsole/-/merge_requests/1054, in 26.04, which is written 260400.
  {
    isIt: ({ KONSOLE_VERSION }) => Boolean(KONSOLE_VERSION),
    learntTaskbar: ({ KONSOLE_VERSION }) => Number(KONSOLE_VERSION) >= 260_400,
  },
  // VTE 0.50.0 crashed at links; 0.50.1 writes itself 5001. Ptyxis 48 shows progress.
  {
    isIt: ({ VTE_VERSION }) => Boolean(VTE_VERSION),
    learntLinks: ({ VTE_VERSION }) => Number(VTE_VERSION) > 5000,
    learntTaskbar: ({ PTYXIS_VERSION }) => isAtLeast(PTYXIS_VERSION, '48'),
  },
];

/** Pure: decides by what terminals say of themselves. */
export function readTerminalFeatures(environment: Environment): TerminalFeatures {
  const row = TERMINALS.find(({ isIt }) => isIt(environment));
  return {
    notification: row?.notification,
    hasTaskbar: row?.hasTaskbar ?? row?.learntTaskbar?.(environment) ?? false,
    hasLinks: row?.hasLinks ?? row?.learntLinks?.(environment) ?? false,
  };
}

/**
 * Whether links to files of this machine are wanted in the output of a terminal: `FORCE_HYPERLINK` decides,
 * `NO_HYPERLINKS` forbids. Through ssh the terminal would look on its own machine.
 */
export function wantsLinks(environment: Environment): boolean {
  const { FORCE_HYPERLINK: force, NO_HYPERLINKS: isForbidden } = environment;
  if (force) return force !== '0' && force !== 'false';
  if (isForbidden || environment.SSH_CONNECTION) return false;
  if (environment.CI || environment.TERM === 'dumb') return false;
  return readTerminalFeatures(environment).hasLinks;
}

function isAtLeast(version: string | undefined, least: string): boolean {
  const numbersOf = (text: string) => text.split(/[^0-9]+/).map(Number);
  const have = numbersOf(version ?? '');
  for (const [index, want] of numbersOf(least).entries()) {
    const number = have[index] ?? 0;
    if (number !== want) return number > want;
  }
  return true;
}
