type Environment = Readonly<Record<string, string | undefined>>;

/** The sequence of desktop notifications. */
export type Notification = 'osc9' | 'osc99' | 'osc777';

/** How a terminal can draw a picture; `blocks`: with characters. */
export type Graphics = 'kitty' | 'iterm' | 'blocks';

type Test = (environment: Environment) => boolean;

/** Known extensions of a terminal. */
interface Row {
  readonly matches: Test;
  readonly notification?: Notification;
  /** Progress on the tab or in the taskbar (OSC 9;4); other terminals show it as a notification. */
  readonly hasTaskbar?: Test;
  /** OSC 8. */
  readonly hasLinks?: Test;
  readonly graphics?: Graphics;
}

const always = () => true;
const isProgram = (name: string) => (environment: Environment) => environment.TERM_PROGRAM === name;
const sinceVersion = (version: string) => (environment: Environment) =>
  isAtLeast(environment.TERM_PROGRAM_VERSION, version);

/** The first match wins. */
const TERMINALS: readonly Row[] = [
  // tmux and screen do not pass these sequences through by default.
  { matches: ({ TMUX, STY, TERM = '' }) => Boolean(TMUX || STY) || /^(tmux|screen)/.test(TERM) },
  // Announced in TERM_FEATURES (https://iterm2.com/feature-reporting/) as `P`, since 3.6.6.
  {
    matches: ({ TERM_PROGRAM, LC_TERMINAL }) =>
      TERM_PROGRAM === 'iTerm.app' || LC_TERMINAL === 'iTerm2',
    notification: 'osc9',
    graphics: 'iterm',
    hasLinks: always,
    hasTaskbar: ({ TERM_FEATURES = '' }) => /P(?![a-z])/.test(TERM_FEATURES),
  },
  // https://github.com/wezterm/wezterm/issues/6581
  {
    matches: isProgram('WezTerm'),
    notification: 'osc777',
    graphics: 'iterm',
    hasLinks: always,
    hasTaskbar: sinceVersion('20250210'),
  },
  // https://ghostty.org/docs/install/release-notes/1-2-0
  {
    matches: ({ TERM_PROGRAM, TERM }) => TERM_PROGRAM === 'ghostty' || TERM === 'xterm-ghostty',
    notification: 'osc777',
    graphics: 'kitty',
    hasLinks: always,
    hasTaskbar: sinceVersion('1.2'),
  },
  // https://sw.kovidgoyal.net/kitty/desktop-notifications/
  {
    matches: ({ KITTY_WINDOW_ID, TERM }) => Boolean(KITTY_WINDOW_ID) || TERM === 'xterm-kitty',
    notification: 'osc99',
    graphics: 'kitty',
    hasLinks: always,
  },
  { matches: ({ TERM = '' }) => /^foot/.test(TERM), notification: 'osc777', hasLinks: always },
  { matches: ({ TERM = '' }) => /^rxvt-unicode/.test(TERM), notification: 'osc777' },
  {
    matches: isProgram('WarpTerminal'),
    notification: 'osc777',
    graphics: 'kitty',
    hasLinks: always,
  },
  { matches: isProgram('rio'), graphics: 'iterm' },
  { matches: isProgram('vscode'), hasLinks: sinceVersion('1.72') },
  // https://conemu.github.io/en/AnsiEscapeCodes.html#ConEmu_specific_OSC
  { matches: ({ ConEmuANSI }) => ConEmuANSI === 'ON', hasTaskbar: always },
  { matches: ({ WT_SESSION }) => Boolean(WT_SESSION), hasTaskbar: always, hasLinks: always },
  // Images since 22.04; https://invent.kde.org/utilities/konsole/-/merge_requests/1054, in 26.04.
  {
    matches: ({ KONSOLE_VERSION }) => Number(KONSOLE_VERSION) >= 220_400,
    graphics: 'kitty',
    hasTaskbar: ({ KONSOLE_VERSION }) => Number(KONSOLE_VERSION) >= 260_400,
  },
  // VTE 0.50.0 crashes on links. Ptyxis 48 shows progress.
  {
    matches: ({ VTE_VERSION }) => Boolean(VTE_VERSION),
    hasLinks: ({ VTE_VERSION }) => Number(VTE_VERSION) > 5000,
    hasTaskbar: ({ PTYXIS_VERSION }) => isAtLeast(PTYXIS_VERSION, '48'),
  },
];

/** Detects the terminal by its environment variables; an unknown one has no extensions. */
export function readTerminalFeatures(environment: Environment) {
  const row = TERMINALS.find(({ matches }) => matches(environment));
  return {
    notification: row?.notification,
    hasTaskbar: row?.hasTaskbar?.(environment) ?? false,
    hasLinks: row?.hasLinks?.(environment) ?? false,
    graphics: row?.graphics ?? 'blocks',
  };
}

/**
 * Whether to print links to local files: `FORCE_HYPERLINK` decides, `NO_HYPERLINKS` disables. Not through ssh, where the
 * terminal would open them on another machine.
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
