export type EnvironmentGroup = 'login' | 'desktop' | 'network' | 'output' | 'language' | 'files';

/**
 * The environment variables that the program reads, besides those of settings, by topic of `help environment`. A test
 * compares this table with the code. Variables read only by libraries or the shell are not listed.
 */
export const ENVIRONMENT = {
  HPC_DESK_TOKEN: 'login',
  HPC_DESK_VNC_PASSWORD: 'desktop',
  HPC_DESK_BROWSER: 'desktop',
  DISPLAY: 'desktop',
  WAYLAND_DISPLAY: 'desktop',
  SSH_CONNECTION: 'desktop',
  SSH_AUTH_SOCK: 'desktop',
  HTTPS_PROXY: 'network',
  HTTP_PROXY: 'network',
  ALL_PROXY: 'network',
  NO_PROXY: 'network',
  NODE_EXTRA_CA_CERTS: 'network',
  HPC_DESK_NO_INPUT: 'output',
  HPC_DESK_DEBUG: 'output',
  CI: 'output',
  GITHUB_ACTIONS: 'output',
  NO_COLOR: 'output',
  FORCE_COLOR: 'output',
  CLICOLOR_FORCE: 'output',
  NO_HYPERLINKS: 'output',
  FORCE_HYPERLINK: 'output',
  TERM: 'output',
  LC_ALL: 'language',
  LC_MESSAGES: 'language',
  LANG: 'language',
  LANGUAGE: 'language',
  HPC_DESK_CONFIG_DIR: 'files',
  XDG_CONFIG_HOME: 'files',
  APPDATA: 'files',
} as const satisfies Record<string, EnvironmentGroup>;

export type EnvironmentName = keyof typeof ENVIRONMENT;
