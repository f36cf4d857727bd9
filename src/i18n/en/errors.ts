import { quotePosix } from '../../model/quote.js';
import { type ErrorTexts, sshLine } from '../error-text.js';
import { shortTime } from '../format.js';

const peersProblems = {
  noTable: "the kernel's table of TCP connections (/proc/net/tcp) is not available here",
  sharedUid: 'your user ID is the one that the kernel shows for every unknown user',
};

export const displayProblems = {
  noDisplay: 'DISPLAY is not set',
  deadDisplay: 'the X server in DISPLAY does not answer',
};

export const tokenProblems = {
  empty: 'it is empty',
  blank: 'it contains spaces',
  lineBreak: 'it contains line breaks',
  nonAscii: 'it contains characters other than printable ASCII',
  tooLong: 'it is longer than 8 KiB',
};

const neededInputs = {
  credentials: 'login method',
  token: 'token',
  secretKey: 'secret key',
  password: 'password',
};

export function joinWords(words: readonly string[]): string {
  return words.join(', ');
}

const installSsh: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'install the optional feature “OpenSSH Client” in Windows Settings, or use --route direct',
  darwin: 'add /usr/bin to PATH, or use --route direct',
};

const remedies = {
  replace: 'replace it with a regular file that you own, or set HPC_DESK_CONFIG_DIR',
  chmod: 'remove access for other users (chmod go=), or set HPC_DESK_CONFIG_DIR',
  remount:
    'its file system does not store permissions: set HPC_DESK_CONFIG_DIR to a folder on another one; in WSL, mount the Windows drive with the option “metadata”',
};

function several(things: string, selector: string | undefined, matches: readonly string[]): string {
  return selector === undefined
    ? `several ${things} exist: ${joinWords(matches)}`
    : `“${selector}” matches several ${things}: ${joinWords(matches)}`;
}

export const errors: ErrorTexts = {
  'bug.unexpected': ({ reason }) => `unexpected error: ${reason}`,
  'bug.unexpected.hint': 'this is a bug; run the command again with --debug and report the output',

  'usage.unknownCommand': ({ word }) => `unknown command “${word}”`,
  'usage.unknownOption': ({ option }) => `unknown option “${option}”`,
  'usage.missingCommand': ({ group }) => `missing subcommand for “${group}”`,
  'usage.missingArgument': ({ argument }) => `missing argument <${argument}>`,
  'usage.missingValue': ({ option }) => `option ${option} requires a value`,
  'usage.missingOption': ({ option }) => `missing option ${option}`,
  'usage.tooManyArguments': ({ word }) => `unexpected argument “${word}”`,
  'usage.invalidValue': ({ name, value, expected }) =>
    `invalid value “${value}” for ${name}; expected ${expected}`,
  'usage.conflict': ({ first, second }) => `${first} and ${second} cannot be used together`,
  'usage.unknownField': ({ field, fields }) =>
    `unknown field “${field}”; available: ${fields.join(', ')}`,
  'usage.formatNotOffered': ({ format }) =>
    `this command does not support the output format “${format}”`,
  'usage.formatNotOffered.hint': 'use --json',
  'usage.unknownSetting': ({ key }) => `unknown setting “${key}”`,
  'usage.secretInArguments': ({ option }) =>
    `${option} is not accepted: other users of this machine can see command-line arguments`,
  'usage.secretInArguments.hint': ({ instead }) => `use ${instead}`,
  'usage.needsInput': ({ what }) =>
    `${neededInputs[what]} required, but there is no terminal to ask on`,
  'usage.invalidToken': ({ problem }) => `invalid token: ${tokenProblems[problem]}`,
  'usage.invalidToken.hint': 'copy the whole token, on one line, and try again',
  'usage.needsTerminal': ({ option }) => `${option} requires a terminal as output`,
  'usage.bytesToTerminal': ({ option }) => `${option} would write image data to the terminal`,
  'usage.bytesToTerminal.hint': 'name a file, or pipe the output: … | PROGRAM',
  'usage.fileExists': ({ path }) => `${path} already exists`,
  'usage.fileExists.hint': 'choose another file with --file',
  'usage.plainHttp': ({ url }) =>
    `${url} is plain http: your credentials would be sent unencrypted`,
  'usage.plainHttp.hint': 'use https, or add --allow-http to “hpc-desk login” if you accept that',

  'session.ambiguous': ({ selector, matches }) => several('sessions', selector, matches),
  'session.ambiguous.hint': 'specify one of them',
  'tunnel.ambiguous': ({ selector, matches }) => several('tunnels', selector, matches),
  'tunnel.ambiguous.hint': 'specify one of them, or use --all',
  'cluster.ambiguous': ({ selector, matches }) => several('clusters', selector, matches),
  'cluster.ambiguous.hint': 'specify one with --cluster ID',
  'session.notFound': ({ selector }) =>
    selector === undefined ? 'you have no session' : `no session matches “${selector}”`,
  'tunnel.notFound': ({ selector }) =>
    selector === undefined
      ? 'no tunnel is running in the background'
      : `no tunnel matches “${selector}”`,
  'cluster.notFound': ({ selector }) =>
    selector === undefined
      ? 'the account has no cluster that offers desktops'
      : `no usable cluster matches “${selector}”`,
  'profile.notFound': ({ profile }) => `profile “${profile}” does not exist`,

  'cluster.disabled': ({ cluster }) => `the cluster ${cluster} is disabled for your account`,
  'cluster.disabled.hint':
    'top the account up in the console, or choose another one: hpc-desk clusters',

  'auth.required': ({ profile }) =>
    profile === 'default' ? 'you are not logged in' : `profile “${profile}” is not logged in`,
  'auth.noApiUrl': 'HPC_DESK_TOKEN is set without an API URL',
  'auth.noApiUrl.hint': 'set HPC_DESK_API_URL, or add --api-url URL',
  'auth.expired': ({ expiredAt }) =>
    expiredAt === undefined
      ? 'the platform no longer accepts your token'
      : `your token expired at ${shortTime(expiredAt)}`,
  'auth.rejected': 'the platform rejected the login',
  'auth.rejected.hint': 'check user name and credentials, then run: hpc-desk login',
  'auth.otherOrigin': ({ issuedFor, requested }) =>
    `the stored token is for ${issuedFor} and is never sent to ${requested}`,

  'platform.refused': ({ platformCode }) =>
    `the platform refused the request (code ${platformCode})`,
  'platform.forbidden': ({ origin }) => `${origin} denied access (403)`,
  'platform.forbidden.hint':
    'ask the platform whether your account may use desktops from this network, or log in again: hpc-desk login',
  'platform.fault': ({ platformCode }) =>
    `the platform reported an internal error (code ${platformCode})`,
  'platform.fault.hint': 'try again in a few minutes',
  'platform.busy': 'all graphics nodes are busy or unreachable; no session was created',
  'platform.busy.hint': 'try again in a few minutes: hpc-desk vnc create',
  'platform.rateLimited': 'too many requests to the platform',
  'platform.rateLimited.hint': ({ retryAfterSeconds }) =>
    `try again in ${retryAfterSeconds ?? 60} s`,

  'network.unreachable': ({ origin, reason }) => `${origin} cannot be reached (${reason})`,
  'network.unreachable.hint': 'check the network, the proxy and the URLs: hpc-desk config list',
  'network.timeout': ({ origin, timeoutMs }) =>
    `${origin} did not answer within ${Math.round(timeoutMs / 1000)} s`,
  'network.timeout.hint': 'try again, or allow more time with --timeout 120s',
  'network.tls': ({ origin, reason, clock }) =>
    clock
      ? `the certificate of ${origin} ${/EXPIRED/.test(reason) ? 'has expired' : 'is not valid yet'} at ${clock}, the time of this machine (${reason})`
      : `the certificate of ${origin} is not trusted (${reason})`,
  'network.tls.hint': ({ clock }) =>
    clock
      ? 'if that is not the time, correct the clock of this machine (Linux: sudo timedatectl set-ntp true)'
      : 'if your institute inspects TLS, set NODE_EXTRA_CA_CERTS to its CA file; verification cannot be turned off',
  'network.redirect': ({ origin, status, target }) =>
    `${origin} sent a redirect (${status})${target && ` to ${target}`}; redirects are not followed`,
  'network.redirect.hint': ({ target }) =>
    /^https?:/.test(target)
      ? `if you trust it: hpc-desk login --api-url ${quotePosix(target)}`
      : 'check the API URL: hpc-desk config list',
  'network.unusableAnswer': ({ endpoint, problem }) =>
    `unusable response from ${endpoint}: ${problem}`,
  'network.unusableAnswer.hint': 'check the API URL: hpc-desk config list',

  'ssh.hostKey': ({ via, reason }) => `ssh does not trust the host key of ${via}: ${reason}`,
  'ssh.hostKey.hint': ({ via }) =>
    `verify the fingerprint with your site, then run once: ${sshLine(via)}`,
  'ssh.authFailed': ({ via, reason }) => `ssh could not log in to ${via}: ${reason}`,
  'ssh.authFailed.hint': ({ via }) => `make this work first: ${sshLine(via)}`,
  'ssh.exited': ({ via, exitCode, reason }) =>
    `ssh to ${via} exited${exitCode === null ? '' : ` with code ${exitCode}`}: ${reason}`,
  'ssh.exited.hint': ({ via }) => `make this work first: ${sshLine(via)}`,
  'tunnel.unreachable': ({ target, reason }) => `${target} cannot be reached (${reason})`,
  'tunnel.unreachable.hint':
    'if the node is only reachable through a login node, add --via USER@HOST',
  'tunnel.lost': ({ target, reason }) => `the connection to ${target} was lost: ${reason}`,
  'tunnel.notStarted': 'the background process exited before the desktop answered',
  'tunnel.notStarted.hint': ({ log }) => `see ${log}`,
  'tunnel.portTaken': ({ port }) => `local port ${port} is already in use`,
  'tunnel.portTaken.hint': 'omit --local-port to use a free port',
  'tunnel.cannotListen': ({ reason }) => `cannot open a local port or socket: ${reason}`,
  'tunnel.peersUnknown': ({ problem }) =>
    `cannot restrict a local port to your user: ${peersProblems[problem]}`,
  'tunnel.peersUnknown.hint':
    'use a viewer that supports Unix sockets, such as TigerVNC, or let every user of this machine connect with --allow-any-user',
  'rfb.notRfb': ({ target, received }) => `${target} is not a VNC server; it sent “${received}”`,
  'rfb.broken': ({ target, problem }) =>
    `the desktop at ${target} violated the VNC protocol: ${problem}`,
  'rfb.broken.hint': 'try a viewer: hpc-desk vnc connect',
  'rfb.authFailed': ({ target }) => `the desktop at ${target} refused the VNC password`,
  'rfb.authFailed.hint': 'set HPC_DESK_VNC_PASSWORD',
  'rfb.lockedOut': ({ target, reason }) =>
    `the desktop at ${target} accepts no connections for now: ${reason}`,
  'rfb.lockedOut.hint': 'wait a few minutes, then try again',
  'rfb.timeout': ({ target, timeoutMs }) =>
    `no answer from the desktop at ${target} within ${Math.round(timeoutMs / 1000)} s`,
  'rfb.timeout.hint': 'try again, or allow more time with --timeout 60s',
  'viewer.failed': ({ viewer, exitCode, reason }) =>
    exitCode === 0 && reason === ''
      ? `${viewer} closed before it showed the desktop (exit code 0)`
      : `${viewer} ended${exitCode === null ? '' : ` with code ${exitCode}`}${reason && `: ${reason}`}`,
  'viewer.failed.hint': 'to use another viewer, run: hpc-desk vnc connect --viewer none',
  'bridge.failed': ({ reason }) => `the browser page cannot be served: ${reason}`,
  'bridge.failed.hint': 'reinstall hpc-desk, or use a viewer: hpc-desk viewers',
  'bridge.unused': ({ limitMs }) => `nobody opened the page within ${Math.round(limitMs / 1000)} s`,
  'bridge.unused.hint': 'get a new link: hpc-desk vnc connect --web',

  'ssh.missing': 'ssh was not found on this machine',
  'ssh.missing.hint': ({ platform }) =>
    installSsh[platform] ??
    'install OpenSSH (Debian: apt install openssh-client), or use --route direct',
  'viewer.missing': ({ viewer, known }) =>
    viewer === 'auto'
      ? 'no VNC viewer was found on this machine'
      : `viewer “${viewer}” was not found; known viewers: ${known.join(', ')}`,
  'viewer.missing.hint': 'install TigerVNC, or use the browser: hpc-desk vnc connect --web',
  'viewer.noDisplay': ({ viewer, problem }) =>
    `${viewer} cannot open a window: ${displayProblems[problem]}`,
  'viewer.noDisplay.hint': 'use the browser: hpc-desk vnc connect --web',
  'xvnc.failed': ({ reason }) => `Xvnc did not start: ${reason}`,
  'output.failed': ({ reason }) => `the result could not be written (${reason})`,
  'store.damaged': ({ path }) => `the file ${path} is damaged`,
  'store.damaged.hint': 'repair it or move it away, then run: hpc-desk login',
  'store.unsafe': ({ path, problem }) => `${path} is not safe to use: ${problem}`,
  'store.unsafe.hint': ({ remedy }) => remedies[remedy],
  'store.noHome': ({ variable }) =>
    `there is no home folder: ${variable} is not set to an absolute path`,
  'store.noHome.hint': ({ variable }) =>
    `set ${variable}, or HPC_DESK_CONFIG_DIR, to the absolute path of a folder that you own`,
  'system.limit': ({ limit, reason }) =>
    limit === 'openFiles'
      ? `this process may not open more files (${reason})`
      : `Node.js could not reserve the address space that it needs (${reason})`,
  'system.limit.hint': ({ limit }) =>
    limit === 'openFiles'
      ? 'raise the limit of this shell: ulimit -n 1024'
      : 'raise the limit of this shell: ulimit -v unlimited, or ask for a job with more memory',
  'store.full': ({ path }) =>
    `${path} could not be written: disk or quota full; the previous content is unchanged`,
  'store.full.hint': 'free some space, or set HPC_DESK_CONFIG_DIR',
  'store.unusable': ({ path, reason }) =>
    `${path} cannot be used (${reason}); the previous content is unchanged`,
  'store.unusable.hint': ({ reason }) =>
    reason === 'EBUSY'
      ? 'close the program that has it open, and run the command again'
      : 'set HPC_DESK_CONFIG_DIR to a folder that you can write to',
  'store.locked': ({ path, pid }) =>
    `another hpc-desk process${pid === undefined ? '' : ` (${pid})`} holds the lock ${path}`,
  'store.locked.hint': 'try again when it has ended; if none is running, delete that folder',

  'unsafe.value': ({ field, value }) =>
    `the platform sent an unsafe value for “${field}”: “${value}”`,
  'unsafe.value.hint': 'report this to the platform; nothing was started',

  'check.failed': ({ failed }) => `checks failed: ${joinWords(failed)}`,
};
