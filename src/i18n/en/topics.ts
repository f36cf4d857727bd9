import type { Family } from '../../errors/codes.js';
import type { EnvironmentGroup, EnvironmentName } from '../../model/environment.js';
import type { SettingName } from '../../model/settings.js';

const groups: Readonly<Record<EnvironmentGroup, string>> = {
  login: 'Log-in:',
  desktop: 'Desktop:',
  network: 'Network:',
  output: 'Questions and output:',
  language: 'Language, the first that is set:',
  files: 'Folder of settings and credentials, the first that is set:',
};

const variables: Readonly<Record<EnvironmentName, string>> = {
  HPC_DESK_TOKEN: 'token to use instead of the stored login; set HPC_DESK_API_URL with it',
  HPC_DESK_VNC_PASSWORD: 'VNC password of the desktop, handed to the viewer by a private channel',
  HPC_DESK_BROWSER: 'program that opens pages; none: print their addresses only',
  DISPLAY: 'X server on which viewers and browsers open (Linux)',
  WAYLAND_DISPLAY: 'the same for Wayland',
  SSH_CONNECTION: 'set by sshd: no browser is opened here without a display',
  SSH_AUTH_SOCK: 'agent that ssh asks for keys',
  HTTPS_PROXY: 'proxy for https, see hpc-desk help proxy',
  HTTP_PROXY: 'proxy for http',
  ALL_PROXY: 'proxy where no other is named',
  NO_PROXY: 'what is reached without a proxy',
  NODE_EXTRA_CA_CERTS: 'file of certificates to trust besides the usual ones',
  HPC_DESK_NO_INPUT: 'any value but 0 and false: never ask, like --no-input',
  HPC_DESK_DEBUG: 'any value: like --debug',
  CI: 'set by CI: no questions, nothing animated, no browser, no notice of new versions',
  GITHUB_ACTIONS: 'set by GitHub: what is wrong is added to the summary of the run',
  NO_COLOR: 'any value: no colour; --color goes before it',
  FORCE_COLOR: 'any value but 0 and false: colour into pipes too',
  CLICOLOR_FORCE: 'the same as FORCE_COLOR',
  NO_HYPERLINKS: 'any value: no links in the output',
  FORCE_HYPERLINK: '1: links on every terminal; 0: on none',
  TERM: 'dumb: no colour, nothing animated',
  LC_ALL: 'zh… means Chinese, everything else English; so for the next three',
  LC_MESSAGES: 'where LC_ALL is not set',
  LANG: 'where neither is set',
  LANGUAGE: 'a list that goes before these three where one of them names a language',
  HPC_DESK_CONFIG_DIR: 'this very folder',
  XDG_CONFIG_HOME: 'hpc-desk in this folder',
  APPDATA: 'hpc-desk\\Config in this folder (Windows)',
};

const settings: Readonly<Record<SettingName, string>> = {
  apiUrl: 'base URL of the cluster’s API',
  platformUrl: 'base URL of the platform, for logging in',
  authUrl: 'base URL of the log-in by access key',
  profile: 'which stored login to use',
  via: 'login node to tunnel through',
  viewer: 'viewer to start; see hpc-desk help vnc-viewers',
  lang: 'language of the program: en or zh',
  timeout: 'limit for a whole command',
  timeZone: 'time zone of the platform',
  sweepHour: 'hour of the nightly sweep, there',
  notify: 'on: announce the end of each vnc create, as --notify does',
};

const families: Readonly<Record<Family, string>> = {
  bug: 'something that hpc-desk did not foresee',
  usage: 'the command line is wrong, or input is needed and nobody can be asked',
  notFound: 'there is no such session, cluster or profile',
  auth: 'not logged in, or the token is no longer accepted',
  refused: 'the platform refused: trying again is useless',
  network: 'the platform could not be reached: trying again makes sense',
  connection: 'the way to the desktop failed: ssh, tunnel, VNC or viewer',
  unhealthy: 'what was looked at is not in order (vnc check, doctor)',
  local: 'this machine: a program is missing, or a file cannot be used',
  busy: 'every node is busy, or the platform was asked too often: try later',
  unsafe: 'the platform sent a value that is not safe to use; nothing was started',
};

export const topics = {
  environment: {
    intro:
      'An option goes before a variable, a variable before a setting. An empty variable is none.',
    groups,
    variables,
    settingsTitle: 'Settings for one shell (hpc-desk config list shows what counts):',
    settings,
    examples: {
      token: 'in CI, with a token from its store of secrets',
      lang: 'one command in Chinese',
    },
  },
  exitCodes: {
    intro: 'Each exit code is one family of errors. Codes may be added; none changes its meaning.',
    title: 'Exit codes:',
    success: 'success; also an empty list, and a reader that went away (… | head -1)',
    signal: (name: string) => `ended by ${name}`,
    cancelled: (name: string) => `ended by ${name} (Ctrl-C), or a question was cancelled`,
    families,
    codesTitle: 'Error codes, as --json prints them on stderr:',
    json: 'With --json a failure leaves stdout empty and writes one line to stderr: {"error": {"code", "family", "message", "hint", "exitCode", "platform"}}.',
    examples: {
      check: 'is the desktop in order?',
      json: 'the code of a failure, for a program',
    },
  },
  output: {
    intro:
      'Results go to stdout, everything else to stderr. Without -o a terminal gets a table, a pipe gets tab-separated values.',
    formatsTitle: 'Formats (-o, --output):',
    formats: {
      table: 'columns for people; widths and words may change',
      json: 'an object or a list, one line when piped; the same as --json',
      tsv: 'one line for each record, fields separated by tabs, no heading, nothing cut',
      name: 'the ids alone, one a line',
      env: "HPC_DESK_NAME='value' lines, safe under eval, for a result that is no list",
    },
    promise:
      'Keys, codes and values are English in every language. New keys may appear; none is renamed. Times are ISO 8601, ids are strings.',
    optionsTitle: 'Choosing:',
    fieldsOption: 'only these fields, in this order; unknown ones are refused',
    fieldOption: 'the raw value of one field; dots reach into objects, lists print one a line',
    fieldsTitle: 'Fields of each command:',
    examples: {
      field: 'one value into a variable',
      fields: 'some columns for another program',
      env: 'shell variables',
    },
  },
  proxy: {
    intro:
      'Requests to the platform follow the same variables as curl. 127.0.0.1 is never reached through a proxy.',
    variablesTitle: 'Variables:',
    rulesTitle: 'Rules:',
    rules: {
      lowerCase: ['https_proxy', 'lower-case names are read too, and go before upper-case ones'],
      socks: [
        'socks5://HOST:PORT',
        'a SOCKS proxy, which looks names up; http:// and https:// proxies as well',
      ],
      login: ['http://USER:PASSWORD@HOST:PORT', 'a proxy with a password; it is never shown'],
      except: [
        'NO_PROXY=.example.cn,10.0.0.0/8',
        'names with all below them, addresses, blocks; * for everything',
      ],
    } satisfies Record<string, readonly [string, string]>,
    ssh: 'The tunnel to the desktop does not use them: it is your own ssh, with ProxyJump and ProxyCommand of ~/.ssh/config.',
    tls: 'If your institute inspects TLS, NODE_EXTRA_CA_CERTS names the file with its certificate. hpc-desk doctor tells which proxy is used, and what fails.',
    examples: { doctor: 'try a proxy for one command' },
  },
  viewers: {
    intro:
      'vnc connect starts the first of these that it finds, and without any the page in the browser. hpc-desk viewers shows what was found where.',
    title: 'Known viewers, in the order in which they are preferred:',
    systems: { linux: 'Linux', darwin: 'macOS', win32: 'Windows', wsl: 'WSL' },
    passwords: {
      environment: 'takes the VNC password by its environment',
      stdin: 'takes the VNC password by standard input',
      file: 'takes the VNC password by a private file',
      asks: 'asks for the VNC password itself',
    },
    viewOnly: 'can view only',
    socket: 'takes a socket, which no other user of the machine can reach',
    named: (name: string, systems: readonly string[]) => `${name} (${systems.join(', ')})`,
    join: (parts: readonly string[]) => parts.join('; '),
    choiceTitle: 'Choosing one, by --viewer, HPC_DESK_VIEWER or hpc-desk config set viewer:',
    choices: {
      auto: 'the first that is found (default)',
      id: 'one of the ids above',
      path: 'any program: it is started with HOST::PORT',
      web: 'a page in the browser; nothing has to be installed',
      none: 'only a port on 127.0.0.1, for a viewer that you start yourself',
    },
    examples: {
      list: 'what this machine has',
      choose: 'one viewer for ever',
      port: 'by hand',
    },
  },
};
