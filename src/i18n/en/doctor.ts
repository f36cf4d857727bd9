import type { DisplayProblem } from '../../errors/codes.js';
import type { FindingTexts } from '../error-text.js';
import { shortRfbVersion, shortTime } from '../format.js';
import { commands } from './commands.js';
import { duration, offset } from './common.js';
import { displayProblems, joinWords } from './errors.js';

const checkTitles = {
  folder: 'config folder',
  settings: 'settings',
  terminal: 'terminal',
  freePort: 'local port',
  temporaryFolder: 'temporary folder',
  addressSpace: 'address space',
  proxy: 'proxy',
  dns: 'DNS',
  platform: 'platform',
  tls: 'TLS',
  clock: 'clock',
  token: 'token',
  cluster: 'cluster URL',
  ssh: 'ssh',
  keys: 'ssh keys',
  hostKey: 'host key',
  loginNode: 'login node',
  nodePort: 'node port',
  rfb: 'VNC protocol',
  viewers: 'viewer',
  browser: 'browser',
  tunnels: 'tunnels',
};

/** Texts of `doctor` and `viewers`. */
export const doctor = {
  doctor: {
    summary: 'check everything a desktop needs, and suggest fixes',
    via: 'login node to check, instead of the one in the settings',
    viewer: 'viewer to check, instead of the one in the settings',
    report: 'write a report without secrets to a new file',
    example: 'works without login or network',
    exampleReport: 'for a bug report; it is shown first, and nothing is sent',
    exampleField: 'in a script; the exit code is 8 if a check failed',
    titles: checkTitles,
    statuses: {
      pass: 'ok',
      warn: 'warning',
      fail: 'failed',
      skip: 'skipped',
    },
    healthy: 'All required checks passed.',
    unhealthy: (count: number) => (count === 1 ? '1 check failed.' : `${count} checks failed.`),
    reportFollows: (file: string) => `Content of ${file}:`,
  },
  viewers: {
    summary: 'list the VNC viewers on this machine',
    viewer: 'viewer to look for: auto, an ID, a path or none',
    all: 'also show the search path and how to install a viewer',
    example: 'viewers found, and the one in use',
    exampleName: 'IDs only, for a script',
    none: 'No VNC viewer was found.',
    chosen: (id: string, reason: string) => `Using ${id}: ${reason}.`,
    noneChosen: (reason: string) => `No viewer is used: ${reason}.`,
    firstFound: 'first in order of preference',
    requested: (viewer: string, source: string) => `“${viewer}” was requested (${source})`,
    notFound: (viewer: string) => `“${viewer}” was not found`,
    nothingFound: 'none was found',
    unusable: (name: string, problem: DisplayProblem) =>
      `${name} cannot open a window, ${displayProblems[problem]}`,
    searched: 'Searched:',
    install: 'To install one:',
    mirror: 'Mirror in China:',
    orBrowser: 'or open a local port for any viewer: hpc-desk vnc connect --viewer none',
  },
};

export const findings: FindingTexts = {
  blocked: ({ by }) => `depends on “${checkTitles[by]}”`,
  late: ({ limitMs }) => `no answer within ${duration(limitMs)}`,
  'late.hint': ({ limitMs }) =>
    limitMs < 5_000
      ? 'allow more time: hpc-desk doctor --timeout 60s'
      : 'check for a network, VPN or proxy that drops packets',

  'check.passed': ({ step }) => commands.vnc.check.names[step],
  'check.skipped': ({ after }) => `skipped because “${commands.vnc.check.names[after]}” failed`,

  'folder.private': ({ path }) => `${path} is private (0700)`,
  'folder.unchecked': ({ path }) => `${path}: permissions are not checked on Windows`,
  'folder.absent': ({ path }) => `${path} does not exist yet; it is created when needed`,
  'folder.readOnly': ({ path }) => `${path} is not writable`,
  'folder.readOnly.hint': 'make it writable, or set HPC_DESK_CONFIG_DIR to another folder',

  'settings.valid': ({ set }) => (set.length === 0 ? 'all defaults' : `set: ${joinWords(set)}`),

  'terminal.usable': ({ columns, hasColor }) =>
    `${columns} columns, ${hasColor ? 'with' : 'without'} colour`,
  'terminal.piped': 'output is a pipe or a file',
  'terminal.dumb': 'TERM is dumb: no colour and no animation',
  'terminal.notUtf8': ({ locale }) =>
    `the locale “${locale}” is not UTF-8: some characters may be garbled`,
  'terminal.notUtf8.hint': 'export LANG=C.UTF-8',
  'terminal.hidden': 'this shell provides no terminal to programs, so hpc-desk cannot prompt',
  'terminal.hidden.hint': 'use Windows Terminal, or run the command with winpty',

  'temporaryFolder.usable': ({ path }) => `${path} can be used`,
  'temporaryFolder.replaced': ({ path, used }) =>
    `${path} cannot be used for temporary files; ${used} is used instead`,
  'temporaryFolder.replaced.hint': 'set TMPDIR to a folder that you can write to, or unset it',
  'temporaryFolder.none': ({ path, reason }) =>
    `no temporary folder can be used: ${path}: ${reason}`,
  'temporaryFolder.none.hint': 'set TMPDIR to a folder that you can write to',
  'addressSpace.unlimited': 'no limit is set',
  'addressSpace.enough': ({ mebibytes }) => `limited to ${mebibytes} MiB, which is enough`,
  'addressSpace.little': ({ mebibytes }) =>
    `limited to ${mebibytes} MiB, which is too little for Node.js`,
  'addressSpace.little.hint': 'raise the limit, at least to 2 GiB: ulimit -v 2097152',
  'freePort.found': 'a port on 127.0.0.1 can be opened',
  'freePort.none': ({ reason }) => `no port on 127.0.0.1 can be opened (${reason})`,
  'freePort.none.hint': 'check whether a firewall or security software blocks it',

  'proxy.none': ({ origin }) => `${origin}: direct connection, no proxy`,
  'proxy.used': ({ origin, proxy }) => `${origin}: through ${proxy}`,
  'proxy.withPassword': ({ origin, proxy }) =>
    `${origin}: through ${proxy}, with a password in the environment`,
  'proxy.withPassword.hint': 'every program you start can read it',

  'dns.found': ({ host, addresses }) => `${host} resolves to ${joinWords(addresses)}`,
  'dns.literal': ({ host }) => `${host} is an IP address`,
  'dns.byProxy': ({ host }) => `${host} is resolved by the proxy`,
  'dns.failed': ({ host, reason }) => `${host} could not be resolved (${reason})`,
  'dns.failed.hint': 'check the network, VPN and API URL: hpc-desk config get apiUrl',

  'platform.answers': ({ origin, status }) => `${origin} answers (HTTP ${status})`,
  'tls.trusted': ({ origin }) => `the certificate of ${origin} is trusted`,
  'tls.onLoopback': 'plain http on loopback only',
  'tls.clearText': ({ origin }) => `${origin} uses plain http: the token is sent unencrypted`,
  'tls.clearText.hint': 'ask your site for an https URL',

  'clock.right': 'in sync with the platform',
  'clock.wrong': ({ offsetSeconds }) =>
    `the clock is ${offset(offsetSeconds * 1000)} ${offsetSeconds > 0 ? 'ahead of' : 'behind'} the platform’s`,
  'clock.wrong.hint': 'enable automatic time (Linux: sudo timedatectl set-ntp true)',
  'clock.unknown': ({ origin }) => `${origin} sends no Date header`,

  'token.lives': ({ user, expiresAt }) => `logged in${ofUser(user)}, until ${shortTime(expiresAt)}`,
  'token.silent': ({ user }) => `logged in${ofUser(user)}; the token has no expiry time`,
  'token.ending': ({ user, minutes }) =>
    `logged in${ofUser(user)}; the token expires in ${minutes} min`,
  'token.ending.hint': 'it is renewed when used; to renew it now: hpc-desk login',
  'token.expired': ({ user, expiresAt }) =>
    `the token${ofUser(user)} expired at ${shortTime(expiresAt)}`,
  'token.expired.hint': 'it is renewed if the platform allows it; otherwise: hpc-desk login',

  'cluster.answers': ({ origin, schedulers }) =>
    `${origin} accepts the token${schedulers.length === 0 ? '' : `; cluster ${joinWords(schedulers)}`}`,

  'ssh.found': ({ path, version }) => (version === '' ? path : `${version}, ${path}`),
  'ssh.notNeeded': 'not found, and not needed without a login node',

  'keys.found': ({ inAgent, files }) =>
    [
      ...(inAgent === 0 ? [] : [`${inAgent} in the agent`]),
      ...(files.length === 0 ? [] : [joinWords(files)]),
    ].join(', '),
  'keys.named': ({ path }) => `using the key ${path}`,
  'keys.open': ({ path }) => `the key ${path} is readable by others, so ssh ignores it`,
  'keys.expired': ({ path, expiredAt }) => `the key ${path} expired at ${shortTime(expiredAt)}`,
  'keys.expired.hint': 'download a new one from the console',
  'keys.ending': ({ path, leftMs }) => `the key ${path} expires in ${duration(leftMs)}`,
  'keys.ending.hint': 'download a new one from the console',
  'keys.none': ({ agent }) => `${agents[agent]}, no key file: ssh can only use a password`,
  'keys.none.hint': 'ssh-keygen -t ed25519, then register the public key with your site',

  'hostKey.known': ({ host, fingerprints }) => `${host} is known: ${joinWords(fingerprints)}`,
  'hostKey.unknown': ({ host }) => `${host} is not in your known_hosts`,
  'hostKey.unknown.hint': ({ command }) =>
    `compare the fingerprint with your site's, then run once: ${command}`,
  'hostKey.acceptsNew': ({ host }) =>
    `${host} is new; your ssh configuration accepts it at the first connection`,
  'hostKey.changed': ({ host, reason, fingerprints }) =>
    `the host key of ${host} has changed (known: ${joinWords(fingerprints)}): ${reason}`,
  'hostKey.changed.hint': ({ host }) =>
    `ask your site; if they changed it: ssh-keygen -R '${host}'`,
  'hostKey.unchecked': ({ host }) =>
    `your ssh configuration does not check the host key of ${host}: anyone on the path can impersonate it`,
  'hostKey.unchecked.hint': 'remove “StrictHostKeyChecking no” from your ssh configuration',

  'via.none': 'not set: direct connection',
  'via.none.hint': 'if that fails: hpc-desk config set via USER@HOST:PORT',
  'loginNode.open': ({ via }) => `ssh logs in to ${via} without a prompt`,
  'loginNode.asks': ({ via, reason }) => `ssh to ${via} requires interactive input: ${reason}`,
  'loginNode.asks.hint': ({ command }) => `set up key authentication, then test it: ${command}`,
  'loginNode.refuses': ({ via, reason }) => `${via} accepts none of your keys: ${reason}`,
  'loginNode.refuses.hint': ({ command }) => `make this work first: ${command}`,
  'loginNode.fails': ({ via, reason }) => `ssh could not reach ${via}: ${reason}`,
  'loginNode.fails.hint': ({ command }) => `make this work first: ${command}`,
  'loginNode.silent': ({ via, timeoutMs }) =>
    `no data through ${via} within ${duration(timeoutMs)}`,
  'loginNode.silent.hint': ({ command }) =>
    `see where it hangs: ${command.replace('ssh', 'ssh -v')}`,

  'session.none': 'no session to connect to',
  'nodePort.open': ({ target, via }) =>
    via === undefined ? `${target} is reachable` : `${target} is reachable through ${via}`,
  'nodePort.noForwarding': ({ via, reason }) => `${via} does not allow forwarding: ${reason}`,
  'nodePort.noForwarding.hint':
    'ask your site for a login node that allows TCP forwarding to graphics nodes',
  'nodePort.closed': ({ target, via, reason }) =>
    `${target} cannot be reached through ${via} (${reason})`,
  'nodePort.closed.hint': 'the session may have ended: hpc-desk vnc show',
  'rfb.greets': ({ target, rfbVersion }) =>
    `${target} answers (RFB ${shortRfbVersion(rfbVersion)})`,

  'viewers.found': ({ name, path, count }) =>
    `${name}, ${path}${count > 1 ? ` (first of ${count})` : ''}`,
  'viewers.noneWanted': 'no viewer selected: only a local port is opened',
  'viewers.none': 'no VNC viewer was found on this machine',
  'viewers.none.hint': ({ install }) => `${install} (more: hpc-desk viewers)`,
  'viewers.noDisplay': ({ name, problem }) =>
    `${name} cannot open a window: ${displayProblems[problem]}`,
  'viewers.noDisplay.hint': 'run hpc-desk on your own machine, or: hpc-desk vnc connect --web',

  'tunnels.none': 'none is running in the background',
  'tunnels.running': ({ ids }) => `running in the background: ${joinWords(ids)}`,
  'tunnels.impaired': ({ ids }) => `not connected: ${joinWords(ids)}`,

  'browser.found': ({ opener }) => `pages are opened by ${opener}`,
  'browser.off': 'HPC_DESK_BROWSER=none: URLs are printed instead',
  'browser.unseen': 'no browser on this display: URLs are printed instead',
  'browser.none': 'no browser found: URLs are printed instead',
  'browser.none.hint': 'set HPC_DESK_BROWSER to the path of your browser',
};

const agents = {
  none: 'no ssh agent is running',
  empty: 'the ssh agent has no keys',
  missing: 'ssh-add was not found',
};

function ofUser(user: string): string {
  return user === '' ? '' : ` as ${user}`;
}
