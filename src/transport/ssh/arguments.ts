import {
  formatEndpoint,
  joinHostPort,
  type LoginNode,
  type Port,
  type Route,
} from '../../model/endpoint.js';
import type { DialOptions } from '../transport.js';

export type SshRoute = Route & { readonly kind: 'ssh' };

export type StdioForwardOptions = Pick<DialOptions, 'mayAsk' | 'timeoutMs'>;

/**
 * Options of the user's configuration that a tunnel overrides (ssh_config(5)).
 *
 * Keys, agent, jump hosts, known hosts and the host-key policy stay the user's: options are overridden one by one, and
 * `-F` is never passed.
 */
const OVERRIDES = [
  // Lets an older ssh skip options it does not know. A `*`, because the first value wins: a list of our own options
  // would replace the user's IgnoreUnknown, and ssh would fail at the options that it covers. The price: it hides the
  // user's misspelt options, which their own ssh and `ssh -G` (`doctor`) reject.
  'IgnoreUnknown=*',
  // A forked ssh would outlive this process.
  'ControlPersist=no',
  'ForkAfterAuthentication=no',
  // Allow the forwarded channel only: no command, terminal, agent, X11, tun device or other forwarding.
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  'RequestTTY=no',
  'StdinNull=no',
  'ForwardAgent=no',
  // Like a forwarded agent, delegated Kerberos credentials can be used by root on the login node.
  'GSSAPIDelegateCredentials=no',
  'ForwardX11=no',
  'Tunnel=no',
  'ClearAllForwardings=yes',
  'ExitOnForwardFailure=yes',
  // Detects a dead connection within 45 s.
  'ServerAliveInterval=15',
  'ServerAliveCountMax=3',
  // The lowest level that logs why a channel could not be opened.
  'LogLevel=INFO',
];

/** Limit of ssh's ConnectTimeout; the rest of `timeoutMs` is for authentication. */
const MAX_CONNECT_TIMEOUT_S = 15;

/** Arguments of an ssh that forwards its stdin and stdout to the target (`-W`, ssh(1)). */
export function stdioForwardArguments(
  route: SshRoute,
  options: StdioForwardOptions,
): readonly string[] {
  return [
    // With the user's own master, ssh would exit with 0 while the forwarding is still open.
    ...overridesFor(options, ['ControlMaster=no', 'ControlPath=none']),
    ...loginArguments(route.via),
    '-W',
    formatEndpoint(route.target),
    '--',
    route.via.host,
  ];
}

/**
 * The same through a control master. Only the master reads the user's configuration; where it has exited, `false` keeps
 * ssh from logging in by itself.
 */
export function sharedForwardArguments(route: SshRoute, controlPath: string): readonly string[] {
  return [
    ...['-F', '/dev/null', '-S', controlPath],
    ...['-o', 'ControlMaster=no', '-o', 'ProxyCommand=false'],
    ...['-W', formatEndpoint(route.target)],
    '--',
    route.via.host,
  ];
}

/** Arguments of a control master without a session (ControlMaster, ssh_config(5)). */
export function masterArguments(
  via: LoginNode,
  options: StdioForwardOptions,
  controlPath: string,
): readonly string[] {
  const settings = overridesFor(options, ['ControlMaster=yes', `ControlPath=${controlPath}`]);
  return [...settings, ...loginArguments(via), '-N', '--', via.host];
}

function overridesFor(
  { timeoutMs, mayAsk }: StdioForwardOptions,
  control: readonly string[],
): string[] {
  const settings = [
    ...OVERRIDES,
    ...control,
    `ConnectTimeout=${Math.min(Math.ceil(timeoutMs / 1_000), MAX_CONNECT_TIMEOUT_S)}`,
    ...(mayAsk ? [] : ['BatchMode=yes']),
  ];
  return settings.flatMap((setting) => ['-o', setting]);
}

/** The command for users to type, hence short. `-S none`: a shared connection would keep the port after Ctrl-C. */
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

/** Key, user and port of a login node as ssh(1) options; the host follows after `--`. */
export function loginArguments({ user, port, identityFile }: LoginNode): string[] {
  return [
    // Servers limit the keys per login (MaxAuthTries), so only this one is offered.
    ...(identityFile === undefined ? [] : ['-i', identityFile, '-o', 'IdentitiesOnly=yes']),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
  ];
}
