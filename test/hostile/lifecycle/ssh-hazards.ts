import type { TestSshd } from '../../helpers/start-sshd.js';

/** Lines that a user, or a site, may well have in the configuration of ssh (ssh_config(5)), and what they would do to us. */
export interface Hazard {
  readonly title: string;
  /** `{folder}` is one that is looked through afterwards. */
  readonly lines: readonly string[];
}

export const HAZARDS: readonly Hazard[] = [
  {
    title: 'a shared connection that stays',
    lines: ['ControlMaster auto', 'ControlPath {folder}/mux-%C', 'ControlPersist yes'],
  },
  {
    title: 'a command of its own',
    lines: ['RemoteCommand echo not-the-desktop', 'RequestTTY force'],
  },
  {
    title: 'a command on this side',
    lines: ['PermitLocalCommand yes', 'LocalCommand touch {folder}/local-command'],
  },
  {
    title: 'agent and display',
    lines: ['ForwardAgent yes', 'ForwardX11 yes', 'ForwardX11Trusted yes'],
  },
  {
    title: 'listeners for everybody',
    lines: ['GatewayPorts yes', 'LocalForward 0.0.0.0:1 127.0.0.1:1', 'DynamicForward 0.0.0.0:2'],
  },
  {
    title: 'a listener on the login node',
    lines: ['RemoteForward 7001 127.0.0.1:1', 'ClearAllForwardings no', 'ExitOnForwardFailure yes'],
  },
  { title: 'going to the background', lines: ['ForkAfterAuthentication yes', 'StdinNull yes'] },
  {
    title: 'no session and no word',
    lines: ['SessionType none', 'LogLevel QUIET', 'BatchMode no'],
  },
  { title: 'a network device', lines: ['Tunnel yes', 'TunnelDevice any:any'] },
  { title: 'the whole environment', lines: ['SendEnv *', 'SetEnv HPC_DESK_SENT=1'] },
  {
    title: 'sockets open to others',
    lines: ['StreamLocalBindMask 0000', 'StreamLocalBindUnlink yes', 'Compression yes'],
  },
  { title: 'options that nobody knows', lines: ['NoSuchOption 1', 'IgnoreUnknown NoSuchOption'] },
];

/** What a login node must not be asked for by a tunnel. */
export const UNASKED = /auth-agent-req|x11-req|tcpip-forward|tun@|ctype session|env@|req env/;

/** How the lines reach ssh: the configuration is read anew at each start. */
export function hazardLines({ lines }: Hazard, folder: string): string {
  return lines.map((line) => `${line.replaceAll('{folder}', folder)}\n`).join('');
}

/** Changes of what is known of the login node, or of how it is to be judged, and what comes of them. */
export interface HostKeyCase {
  readonly title: string;
  /** New text of the known_hosts file; `key` is the right one, `other` is another. */
  readonly known: (names: { host: string; key: string; other: string }) => string;
  readonly lines?: readonly string[];
  /** Undefined: it connects. */
  readonly failure?: 'ssh.hostKey';
  /** Whether the file may be added to: only where the user's own policy says so. */
  readonly mayGrow?: true;
}

export const HOST_KEY_CASES: readonly HostKeyCase[] = [
  { title: 'a key that is known', known: ({ host, key }) => `${host} ${key}` },
  { title: 'nothing is known', known: () => '', failure: 'ssh.hostKey' },
  { title: 'another key', known: ({ host, other }) => `${host} ${other}`, failure: 'ssh.hostKey' },
  {
    title: 'another key, under a policy that takes new ones',
    known: ({ host, other }) => `${host} ${other}`,
    lines: ['StrictHostKeyChecking accept-new'],
    failure: 'ssh.hostKey',
  },
  {
    title: 'a key that was revoked',
    known: ({ host, key }) => `@revoked ${host} ${key}\n${host} ${key}`,
    failure: 'ssh.hostKey',
  },
  {
    title: 'a key of another host',
    known: ({ key }) => `elsewhere ${key}`,
    failure: 'ssh.hostKey',
  },
  {
    title: 'a key under an alias of the user',
    known: ({ key }) => `cluster ${key}`,
    lines: ['HostKeyAlias cluster'],
  },
  {
    title: "nothing is known, and the user's policy takes new ones",
    known: () => '',
    lines: ['StrictHostKeyChecking accept-new'],
    mayGrow: true,
  },
];

/** The name under which known_hosts files have a server that is not at port 22. */
export function knownName({ port }: TestSshd): string {
  return `[127.0.0.1]:${port}`;
}
