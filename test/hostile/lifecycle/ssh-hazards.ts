import type { TestSshd } from '../../helpers/start-sshd.js';

/** Settings that a user or a site may have in ssh_config(5) and that would affect a tunnel. */
export interface Hazard {
  readonly title: string;
  /** `{folder}` is checked afterwards. */
  readonly lines: readonly string[];
}

export const HAZARDS: readonly Hazard[] = [
  {
    title: 'a persistent shared connection',
    lines: ['ControlMaster auto', 'ControlPath {folder}/mux-%C', 'ControlPersist yes'],
  },
  {
    title: 'a remote command',
    lines: ['RemoteCommand echo not-the-desktop', 'RequestTTY force'],
  },
  {
    title: 'a local command',
    lines: ['PermitLocalCommand yes', 'LocalCommand touch {folder}/local-command'],
  },
  {
    title: 'agent and X11 forwarding',
    lines: ['ForwardAgent yes', 'ForwardX11 yes', 'ForwardX11Trusted yes'],
  },
  {
    title: 'listeners on all addresses',
    lines: ['GatewayPorts yes', 'LocalForward 0.0.0.0:1 127.0.0.1:1', 'DynamicForward 0.0.0.0:2'],
  },
  {
    title: 'a listener on the login node',
    lines: ['RemoteForward 7001 127.0.0.1:1', 'ClearAllForwardings no', 'ExitOnForwardFailure yes'],
  },
  { title: 'forking to the background', lines: ['ForkAfterAuthentication yes', 'StdinNull yes'] },
  {
    title: 'no session and no log output',
    lines: ['SessionType none', 'LogLevel QUIET', 'BatchMode no'],
  },
  { title: 'a tun device', lines: ['Tunnel yes', 'TunnelDevice any:any'] },
  { title: 'the whole environment', lines: ['SendEnv *', 'SetEnv HPC_DESK_SENT=1'] },
  {
    title: 'sockets open to others',
    lines: ['StreamLocalBindMask 0000', 'StreamLocalBindUnlink yes', 'Compression yes'],
  },
  { title: 'unknown options', lines: ['NoSuchOption 1', 'IgnoreUnknown NoSuchOption'] },
];

/** What a tunnel must not request from a login node. */
export const UNASKED = /auth-agent-req|x11-req|tcpip-forward|tun@|ctype session|env@|req env/;

/** The lines of the configuration, which ssh reads at each start. */
export function hazardLines({ lines }: Hazard, folder: string): string {
  return lines.map((line) => `${line.replaceAll('{folder}', folder)}\n`).join('');
}

/** Changes to known_hosts or to the host key policy, and their results. */
export interface HostKeyCase {
  readonly title: string;
  /** New text of the known_hosts file; `key` is the right one, `other` is another. */
  readonly known: (names: { host: string; key: string; other: string }) => string;
  readonly lines?: readonly string[];
  /** Undefined: it connects. */
  readonly failure?: 'ssh.hostKey';
  /** Whether ssh may add to the file, which only the user's own policy allows. */
  readonly mayGrow?: true;
}

export const HOST_KEY_CASES: readonly HostKeyCase[] = [
  { title: 'a known key', known: ({ host, key }) => `${host} ${key}` },
  { title: 'an empty file', known: () => '', failure: 'ssh.hostKey' },
  { title: 'another key', known: ({ host, other }) => `${host} ${other}`, failure: 'ssh.hostKey' },
  {
    title: 'another key with accept-new',
    known: ({ host, other }) => `${host} ${other}`,
    lines: ['StrictHostKeyChecking accept-new'],
    failure: 'ssh.hostKey',
  },
  {
    title: 'a revoked key',
    known: ({ host, key }) => `@revoked ${host} ${key}\n${host} ${key}`,
    failure: 'ssh.hostKey',
  },
  {
    title: 'a key of another host',
    known: ({ key }) => `elsewhere ${key}`,
    failure: 'ssh.hostKey',
  },
  {
    title: 'a key under a HostKeyAlias',
    known: ({ key }) => `cluster ${key}`,
    lines: ['HostKeyAlias cluster'],
  },
  {
    title: 'an empty file with accept-new',
    known: () => '',
    lines: ['StrictHostKeyChecking accept-new'],
    mayGrow: true,
  },
];

/** The name in known_hosts of a server that is not on port 22. */
export function knownName({ port }: TestSshd): string {
  return `[127.0.0.1]:${port}`;
}
