export const topics = {
  environment: {
    intro:
      'Options override variables; variables override settings. An empty variable counts as unset.',
    groups: {
      settings: 'Settings as variables (hpc-desk config list shows the values in use):',
      login: 'Login:',
      desktop: 'Desktop:',
      network: 'Network:',
      output: 'Prompts and output:',
      language: 'Language (the first one set is used):',
      files: 'Config folder (the first one set is used):',
    },
    variables: {
      settings: {
        HPC_DESK_API_URL: 'base URL of the cluster’s API',
        HPC_DESK_PLATFORM_URL: 'base URL of the platform, for login',
        HPC_DESK_AUTH_URL: 'base URL for the access-key login',
        HPC_DESK_PROFILE: 'stored login to use',
        HPC_DESK_VIA: 'login node for the ssh tunnel',
        HPC_DESK_VIEWER: 'viewer to start; see hpc-desk help vnc-viewers',
        HPC_DESK_LANG: 'language: en or zh',
      },
      login: {
        HPC_DESK_TOKEN: 'token to use instead of the stored login; requires HPC_DESK_API_URL',
      },
      desktop: {
        HPC_DESK_VNC_PASSWORD:
          'VNC password of the desktop; never passed as a command-line argument',
        HPC_DESK_BROWSER: 'browser to open pages with; none: only print URLs',
        DISPLAY: 'X server for viewers and browsers (Linux)',
        WAYLAND_DISPLAY: 'the same for Wayland',
        SSH_CONNECTION: 'set by sshd: no browser is opened unless there is a display',
        SSH_AUTH_SOCK: 'socket of the ssh agent',
      },
      network: {
        HTTPS_PROXY: 'proxy for https; see hpc-desk help proxy',
        HTTP_PROXY: 'proxy for http',
        ALL_PROXY: 'proxy for both, if the specific variable is not set',
        NO_PROXY: 'hosts to reach without a proxy',
        NODE_EXTRA_CA_CERTS: 'file of additional CA certificates',
      },
      output: {
        HPC_DESK_NO_INPUT: 'any value except 0 and false: never prompt, like --no-input',
        HPC_DESK_DEBUG: 'any value: like --debug',
        CI: 'set by CI: no prompts, no animation, no browser',
        GITHUB_ACTIONS: 'set by GitHub: failed checks are added to the job summary',
        NO_COLOR: 'any value: no colour, unless --color is given',
        FORCE_COLOR: 'any value except 0 and false: colour in pipes too',
        CLICOLOR_FORCE: 'the same as FORCE_COLOR',
        NO_HYPERLINKS: 'any value: no links in the output',
        FORCE_HYPERLINK: '1: links on every terminal; 0: on none',
        TERM: 'dumb: no colour, no animation',
      },
      language: {
        LC_ALL: 'zh* means Chinese, anything else English; also for the next three',
        LC_MESSAGES: 'if LC_ALL is not set',
        LANG: 'if neither is set',
        LANGUAGE: 'a list of languages; overrides the others if one of them names a language',
      },
      files: {
        HPC_DESK_CONFIG_DIR: 'the config folder itself',
        XDG_CONFIG_HOME: 'hpc-desk in this folder',
        APPDATA: 'hpc-desk\\Config in this folder (Windows)',
      },
    },
    examples: {
      token: 'in CI, with a token from its secret store',
      lang: 'one command in Chinese',
    },
  },
  exitCodes: {
    intro:
      'Each exit code stands for one family of errors. New codes may be added; existing ones keep their meaning.',
    title: 'Exit codes:',
    success: 'success; also for an empty list or a closed pipe',
    signal: (name: string) => `ended by ${name}`,
    cancelled: (name: string) => `ended by ${name} (Ctrl-C), or a prompt was cancelled`,
    families: {
      bug: 'unexpected error (a bug)',
      usage: 'usage error, or input required but prompting is not possible',
      notFound: 'no such session, cluster or profile',
      auth: 'not logged in, or the token is no longer accepted',
      refused: 'refused by the platform; retrying does not help',
      network: 'the platform could not be reached; retrying may help',
      connection: 'connection to the desktop failed: ssh, tunnel, VNC or viewer',
      unhealthy: 'a check failed (vnc check, doctor)',
      local: 'local problem: a program is missing or a file cannot be used',
      busy: 'all nodes are busy, or too many requests: try later',
      unsafe: 'the platform sent an unsafe value; nothing was started',
    },
    codesTitle: 'Error codes, as --json prints them on stderr:',
    json: 'With --json a failure leaves stdout empty and writes one line to stderr: {"error": {"code", "family", "message", "hint", "exitCode", "platform"}}.',
    examples: {
      check: 'is the desktop working?',
      json: 'the error code, for a program',
    },
  },
  output: {
    intro:
      'Results go to stdout, everything else to stderr. The default format is a table on a terminal and TSV in a pipe.',
    formatsTitle: 'Formats (-o, --output):',
    formats: {
      table: 'for people; the layout may change',
      json: 'an object or a list, on one line when piped; same as --json',
      tsv: 'one line per record, tab-separated, no header, never truncated',
      name: 'only the IDs, one per line',
      env: "HPC_DESK_NAME='value' lines, safe to eval; not for lists",
    },
    promise:
      'Keys, codes and values are the same in every language. New keys may be added; none is renamed. Times are ISO 8601, IDs are strings.',
    optionsTitle: 'Fields:',
    fieldOptions: {
      '--fields NAMES': 'only these fields, in this order; an unknown field is an error',
      '--field NAME': 'the raw value of one field, one line per record; dots reach into objects',
    },
    fieldsTitle: 'Fields of each command:',
    examples: {
      field: 'one value into a variable',
      fields: 'selected columns for another program',
      env: 'shell variables',
    },
  },
  proxy: {
    intro:
      'Requests to the platform use the same proxy variables as curl. Loopback addresses never use a proxy.',
    variablesTitle: 'Variables:',
    rulesTitle: 'Rules:',
    rules: {
      https_proxy: 'lower-case names work too and take precedence',
      'socks5://HOST:PORT':
        'SOCKS proxy that resolves names; http:// and https:// proxies work too',
      'http://USER:PASSWORD@HOST:PORT': 'proxy with a password, which is never printed',
      'NO_PROXY=.example.cn,10.0.0.0/8':
        'domains with their subdomains, addresses, CIDR blocks; * for all',
    },
    ssh: 'The ssh tunnel does not use these variables; use ProxyJump or ProxyCommand in ~/.ssh/config.',
    tls: 'If your institute inspects TLS, set NODE_EXTRA_CA_CERTS to its CA file. hpc-desk doctor shows which proxy is used and what fails.',
    examples: { doctor: 'test a proxy with one command' },
  },
  viewers: {
    intro:
      'vnc connect starts the first viewer found, or opens the browser page if there is none. hpc-desk viewers lists what was found.',
    title: 'Supported viewers, in order of preference:',
    systems: { linux: 'Linux', darwin: 'macOS', win32: 'Windows', wsl: 'WSL' },
    passwords: {
      environment: 'VNC password passed by environment',
      stdin: 'VNC password passed by standard input',
      file: 'VNC password passed by a private file',
      asks: 'asks for the VNC password',
    },
    viewOnly: 'view-only mode',
    socket: 'Unix socket, unreachable for other users',
    named: (name: string, systems: readonly string[]) => `${name} (${systems.join(', ')})`,
    join: (parts: readonly string[]) => parts.join('; '),
    choiceTitle: 'To choose one, use --viewer, HPC_DESK_VIEWER or hpc-desk config set viewer:',
    choices: {
      auto: 'the first one found (default)',
      ID: 'one of the IDs above',
      PATH: 'any program; it is started with HOST::PORT',
      web: 'the browser page; nothing to install',
      none: 'only a local port, for a viewer you start yourself',
    },
    examples: {
      list: 'viewers on this machine',
      choose: 'always use this viewer',
      port: 'by hand',
    },
  },
};
