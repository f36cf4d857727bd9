import {
  formatEndpoint,
  joinHostPort,
  type LoginNode,
  type Port,
  type Route,
} from '../../model/endpoint.js';

export type SshRoute = Route & { readonly kind: 'ssh' };

export interface StdioForwardOptions {
  /** Whether ssh may ask on the terminal (passphrase, second factor, host key). */
  readonly mayAsk: boolean;
  /** Limit for reaching the login node, in whole seconds, at least 1. */
  readonly connectTimeoutS: number;
}

/**
 * What the user's configuration must not do to a tunnel of ours (ssh_config(5)).
 *
 * Keys, agent, jump hosts, known hosts and the host-key policy stay the user's own: options are overridden one by one,
 * and `-F` is never given.
 */
const DISARMED = [
  // Options that an older ssh does not know are skipped. Every name, because the first value wins: a list of ours would
  // replace the user's, and then ssh would stop at their own unknown options. A misspelt option of the user's is skipped
  // here too; their own ssh refuses the whole file because of it, and so does `ssh -G`, which `doctor` asks.
  'IgnoreUnknown=*',
  // A forked connection would outlive us.
  'ControlPersist=no',
  'ForkAfterAuthentication=no',
  // Nothing but the one channel: no command, terminal, agent, credentials, display, tunnel device or further forwarding.
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  'RequestTTY=no',
  'StdinNull=no',
  'ForwardAgent=no',
  // As with the agent: Kerberos credentials on the login node could be used by its root.
  'GSSAPIDelegateCredentials=no',
  'ForwardX11=no',
  'Tunnel=no',
  'ClearAllForwardings=yes',
  'ExitOnForwardFailure=yes',
  // A dead link is noticed within 45 s.
  'ServerAliveInterval=15',
  'ServerAliveCountMax=3',
  // The level at which ssh says why a channel could not be opened.
  'LogLevel=INFO',
];

/** Arguments of an ssh that carries one connection to the target over its stdin and stdout (`-W`, ssh(1)). */
export function stdioForwardArguments(
  route: SshRoute,
  options: StdioForwardOptions,
): readonly string[] {
  return [
    // The user's own shared connection would end with success while its tunnel still stands.
    ...settingsOf(options, ['ControlMaster=no', 'ControlPath=none']),
    ...loginArguments(route.via),
    '-W',
    formatEndpoint(route.target),
    '--',
    route.via.host,
  ];
}

/** Arguments of an ssh that logs in, carries nothing by itself, and is told more at `controlPath` (ssh_config(5)). */
export function masterArguments(
  via: LoginNode,
  options: StdioForwardOptions,
  controlPath: string,
): readonly string[] {
  const settings = settingsOf(options, ['ControlMaster=yes', `ControlPath=${controlPath}`]);
  return [...settings, ...loginArguments(via), '-N', '--', via.host];
}

/**
 * Arguments of an ssh that tells the one at `controlPath` to carry every connection to a Unix socket to the target (`-O`,
 * ssh(1)). No configuration is read: the user's own forwardings would be opened too.
 */
export function socketForwardArguments(
  { via, target }: SshRoute,
  { controlPath, socketPath }: { readonly controlPath: string; readonly socketPath: string },
): readonly string[] {
  const forward = `${socketPath}:${formatEndpoint(target)}`;
  return ['-F', '/dev/null', '-S', controlPath, '-O', 'forward', '-L', forward, '--', via.host];
}

function settingsOf(
  { connectTimeoutS, mayAsk }: StdioForwardOptions,
  control: readonly string[],
): string[] {
  const settings = [
    ...DISARMED,
    ...control,
    `ConnectTimeout=${connectTimeoutS}`,
    ...(mayAsk ? [] : ['BatchMode=yes']),
  ];
  return settings.flatMap((setting) => ['-o', setting]);
}

/**
 * The line that opens the same tunnel by hand. Short, so that a person reads it; `-S none` keeps a shared connection from
 * holding the port after Ctrl-C, and a port that cannot be had is an error.
 */
export function tunnelCommand(route: SshRoute, localPort: Port): readonly string[] {
  return [
    'ssh',
    '-N',
    '-L',
    `${joinHostPort('127.0.0.1', localPort)}:${formatEndpoint(route.target)}`,
    ...loginArguments(route.via),
    ...['-S', 'none', '-o', 'ExitOnForwardFailure=yes'],
    '--',
    route.via.host,
  ];
}

/** User, port and key of a login node, as ssh(1) takes them; the host follows behind `--`. */
export function loginArguments({ user, port, identityFile }: LoginNode): string[] {
  return [
    // A server closes after a few keys, so only the one that is meant is offered.
    ...(identityFile === undefined ? [] : ['-i', identityFile, '-o', 'IdentitiesOnly=yes']),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
  ];
}
