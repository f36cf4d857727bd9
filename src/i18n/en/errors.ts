import type {
  DisplayProblem,
  NeededInput,
  PeersProblem,
  TokenProblem,
} from '../../errors/codes.js';
import { quotePosix } from '../../model/quote.js';
import { type ErrorTexts, sshLine } from '../error-text.js';
import { shortTime } from '../format.js';

const peersProblems: Record<PeersProblem, string> = {
  noTable: "the kernel's table of TCP connections (/proc/net/tcp) is not available here",
  sharedUid: 'your user ID is the one that the kernel shows for every unknown user',
};

export const displayProblems: Record<DisplayProblem, string> = {
  noDisplay: 'DISPLAY is not set',
  deadDisplay: 'the X server in DISPLAY does not answer',
};

export const tokenProblems: Record<TokenProblem, string> = {
  empty: 'it is empty',
  blank: 'it contains spaces',
  lineBreak: 'it contains line breaks',
  nonAscii: 'it contains characters other than printable ASCII',
  tooLong: 'it is longer than 8 KiB',
};

export const neededInputs: Record<NeededInput, string> = {
  credentials: 'login method',
  token: 'token',
  secretKey: 'secret key',
  password: 'password',
};

export function joinWords(words: readonly string[]): string {
  return words.join(', ');
}

/** Suggests the nearest word, else a command that lists the words. */
function didYouMean(word: string | undefined, otherwise?: string): string | undefined {
  return word === undefined ? otherwise : `did you mean “${word}”?`;
}

function several(things: string, selector: string | undefined, matches: readonly string[]): string {
  return selector === undefined
    ? `several ${things} exist: ${joinWords(matches)}`
    : `“${selector}” matches several ${things}: ${joinWords(matches)}`;
}

export const errors: ErrorTexts = {
  'bug.unexpected': ({ reason }) => ({
    message: `unexpected error: ${reason}`,
    hint: 'this is a bug; run the command again with --debug and report the output',
  }),

  'usage.unknownCommand': ({ word, suggestion }) => ({
    message: `unknown command “${word}”`,
    hint: didYouMean(suggestion),
  }),
  'usage.unknownOption': ({ option, suggestion }) => ({
    message: `unknown option “${option}”`,
    hint: didYouMean(suggestion),
  }),
  'usage.missingCommand': ({ group }) => `missing subcommand for “${group}”`,
  'usage.missingArgument': ({ argument }) => `missing argument <${argument}>`,
  'usage.missingValue': ({ option }) => `option ${option} requires a value`,
  'usage.missingOption': ({ option, example }) => ({
    message: `missing option ${option}`,
    hint: example,
  }),
  'usage.tooManyArguments': ({ word }) => `unexpected argument “${word}”`,
  'usage.invalidValue': ({ name, value, expected, suggestion }) => ({
    message: `invalid value “${value}” for ${name}; expected ${expected}`,
    hint: didYouMean(suggestion),
  }),
  'usage.conflict': ({ first, second }) => `${first} and ${second} cannot be used together`,
  'usage.unknownField': ({ field, fields, suggestion }) => ({
    message: `unknown field “${field}”; available: ${fields.join(', ')}`,
    hint: didYouMean(suggestion),
  }),
  'usage.formatNotOffered': ({ format }) => ({
    message: `this command does not support the output format “${format}”`,
    hint: 'use --json',
  }),
  'usage.unknownSetting': ({ key, suggestion }) => ({
    message: `unknown setting “${key}”`,
    hint: suggestion === undefined ? 'hpc-desk config list' : `did you mean “${suggestion}”?`,
  }),
  'usage.secretInArguments': ({ option, instead }) => ({
    message: `${option} is not accepted: other users of this machine can see command-line arguments`,
    hint: `use ${instead}`,
  }),
  'usage.needsInput': ({ what, example }) => ({
    message: `${neededInputs[what]} required, but there is no terminal to ask on`,
    hint: example,
  }),
  'usage.invalidToken': ({ problem }) => ({
    message: `invalid token: ${tokenProblems[problem]}`,
    hint: 'copy the whole token, on one line, and try again',
  }),
  'usage.needsTerminal': ({ option }) => `${option} requires a terminal as output`,
  'usage.bytesToTerminal': ({ option }) => ({
    message: `${option} would write image data to the terminal`,
    hint: 'name a file, or pipe the output: … | PROGRAM',
  }),
  'usage.fileExists': ({ path }) => ({
    message: `${path} already exists`,
    hint: 'choose another file with --file',
  }),
  'usage.plainHttp': ({ url }) => ({
    message: `${url} is plain http: your credentials would be sent unencrypted`,
    hint: 'use https, or add --allow-http to “hpc-desk login” if you accept that',
  }),

  'session.ambiguous': ({ selector, matches }) => ({
    message: several('sessions', selector, matches),
    hint: 'specify one of them',
  }),
  'tunnel.ambiguous': ({ selector, matches }) => ({
    message: several('tunnels', selector, matches),
    hint: 'specify one of them, or use --all',
  }),
  'cluster.ambiguous': ({ selector, matches }) => ({
    message: several('clusters', selector, matches),
    hint: 'specify one with --cluster ID',
  }),
  'session.notFound': ({ selector, suggestion }) => ({
    message: selector === undefined ? 'you have no session' : `no session matches “${selector}”`,
    hint:
      selector === undefined ? 'hpc-desk vnc create' : didYouMean(suggestion, 'hpc-desk vnc list'),
  }),
  'tunnel.notFound': ({ selector, suggestion }) => ({
    message:
      selector === undefined
        ? 'no tunnel is running in the background'
        : `no tunnel matches “${selector}”`,
    hint: didYouMean(suggestion, 'hpc-desk tunnels'),
  }),
  'cluster.notFound': ({ selector, suggestion }) => ({
    message:
      selector === undefined
        ? 'the account has no cluster that offers desktops'
        : `no usable cluster matches “${selector}”`,
    hint: didYouMean(suggestion, 'hpc-desk clusters'),
  }),
  'profile.notFound': ({ profile, suggestion }) => ({
    message: `profile “${profile}” does not exist`,
    hint: didYouMean(suggestion, `hpc-desk login --profile ${profile}`),
  }),

  'cluster.disabled': ({ cluster }) => ({
    message: `the cluster ${cluster} is disabled for your account`,
    hint: 'top the account up in the console, or choose another one: hpc-desk clusters',
  }),

  'auth.required': ({ profile, suggestion }) => ({
    message:
      profile === 'default' ? 'you are not logged in' : `profile “${profile}” is not logged in`,
    hint: didYouMean(
      suggestion,
      `hpc-desk login${profile === 'default' ? '' : ` --profile ${profile}`}`,
    ),
  }),
  'auth.noApiUrl': () => ({
    message: 'HPC_DESK_TOKEN is set without an API URL',
    hint: 'set HPC_DESK_API_URL, or add --api-url URL',
  }),
  'auth.expired': ({ expiredAt }) => ({
    message:
      expiredAt === undefined
        ? 'the platform no longer accepts your token'
        : `your token expired at ${shortTime(expiredAt)}`,
    hint: 'hpc-desk login',
  }),
  'auth.rejected': () => ({
    message: 'the platform rejected the login',
    hint: 'check user name and credentials, then run: hpc-desk login',
  }),
  'auth.otherOrigin': ({ issuedFor, requested }) => ({
    message: `the stored token is for ${issuedFor} and is never sent to ${requested}`,
    hint: `hpc-desk login --api-url ${requested}`,
  }),

  'platform.refused': ({ platformCode }) => ({
    message: `the platform refused the request (code ${platformCode})`,
    hint: 'hpc-desk whoami',
  }),
  'platform.forbidden': ({ origin }) => ({
    message: `${origin} denied access (403)`,
    hint: 'ask the platform whether your account may use desktops from this network, or log in again: hpc-desk login',
  }),
  'platform.fault': ({ platformCode }) => ({
    message: `the platform reported an internal error (code ${platformCode})`,
    hint: 'try again in a few minutes',
  }),
  'platform.busy': () => ({
    message: 'all graphics nodes are busy or unreachable; no session was created',
    hint: 'try again in a few minutes: hpc-desk vnc create',
  }),
  'platform.rateLimited': ({ retryAfterSeconds }) => ({
    message: 'too many requests to the platform',
    hint: `try again in ${retryAfterSeconds ?? 60} s`,
  }),

  'network.unreachable': ({ origin, reason }) => ({
    message: `${origin} cannot be reached (${reason})`,
    hint: 'check the network, the proxy and the URLs: hpc-desk config list',
  }),
  'network.timeout': ({ origin, timeoutMs }) => ({
    message: `${origin} did not answer within ${Math.round(timeoutMs / 1000)} s`,
    hint: 'try again, or allow more time with --timeout 120s',
  }),
  'network.tls': ({ origin, reason, clock }) => ({
    message: clock
      ? `the certificate of ${origin} ${/EXPIRED/.test(reason) ? 'has expired' : 'is not valid yet'} at ${clock}, the time of this machine (${reason})`
      : `the certificate of ${origin} is not trusted (${reason})`,
    hint: clock
      ? 'if that is not the time, correct the clock of this machine (Linux: sudo timedatectl set-ntp true)'
      : 'if your institute inspects TLS, set NODE_EXTRA_CA_CERTS to its CA file; verification cannot be turned off',
  }),
  'network.redirect': ({ origin, status, target }) => ({
    message: `${origin} sent a redirect (${status})${target && ` to ${target}`}; redirects are not followed`,
    hint: /^https?:/.test(target)
      ? `if you trust it: hpc-desk login --api-url ${quotePosix(target)}`
      : 'check the API URL: hpc-desk config list',
  }),
  'network.unusableAnswer': ({ endpoint, problem }) => ({
    message: `unusable response from ${endpoint}: ${problem}`,
    hint: 'check the API URL: hpc-desk config list',
  }),

  'ssh.hostKey': ({ via, reason }) => ({
    message: `ssh does not trust the host key of ${via}: ${reason}`,
    hint: `verify the fingerprint with your site, then run once: ${sshLine(via)}`,
  }),
  'ssh.authFailed': ({ via, reason }) => ({
    message: `ssh could not log in to ${via}: ${reason}`,
    hint: `make this work first: ${sshLine(via)}`,
  }),
  'ssh.exited': ({ via, exitCode, reason }) => ({
    message: `ssh to ${via} exited${exitCode === null ? '' : ` with code ${exitCode}`}: ${reason}`,
    hint: `make this work first: ${sshLine(via)}`,
  }),
  'tunnel.unreachable': ({ target, reason }) => ({
    message: `${target} cannot be reached (${reason})`,
    hint: 'if the node is only reachable through a login node, add --via USER@HOST',
  }),
  'tunnel.lost': ({ target, reason }) => ({
    message: `the connection to ${target} was lost: ${reason}`,
    hint: 'hpc-desk vnc connect',
  }),
  'tunnel.notStarted': ({ log }) => ({
    message: 'the background process exited before the desktop answered',
    hint: `see ${log}`,
  }),
  'tunnel.portTaken': ({ port }) => ({
    message: `local port ${port} is already in use`,
    hint: 'omit --local-port to use a free port',
  }),
  'tunnel.cannotListen': ({ reason }) => ({
    message: `cannot open a local port or socket: ${reason}`,
    hint: 'hpc-desk doctor',
  }),
  'tunnel.peersUnknown': ({ problem }) => ({
    message: `cannot restrict a local port to your user: ${peersProblems[problem]}`,
    hint: 'use a viewer that supports Unix sockets, such as TigerVNC, or let every user of this machine connect with --allow-any-user',
  }),
  'rfb.notRfb': ({ target, received }) => ({
    message: `${target} is not a VNC server; it sent “${received}”`,
    hint: 'hpc-desk vnc show',
  }),
  'rfb.broken': ({ target, problem }) => ({
    message: `the desktop at ${target} violated the VNC protocol: ${problem}`,
    hint: 'try a viewer: hpc-desk vnc connect',
  }),
  'rfb.authFailed': ({ target }) => ({
    message: `the desktop at ${target} refused the VNC password`,
    hint: 'set HPC_DESK_VNC_PASSWORD',
  }),
  'rfb.lockedOut': ({ target, reason }) => ({
    message: `the desktop at ${target} accepts no connections for now: ${reason}`,
    hint: 'wait a few minutes, then try again',
  }),
  'rfb.timeout': ({ target, timeoutMs }) => ({
    message: `no answer from the desktop at ${target} within ${Math.round(timeoutMs / 1000)} s`,
    hint: 'try again, or allow more time with --timeout 60s',
  }),
  'viewer.failed': ({ viewer, exitCode, reason }) => ({
    message:
      exitCode === 0 && reason === ''
        ? `${viewer} closed before it showed the desktop (exit code 0)`
        : `${viewer} ended${exitCode === null ? '' : ` with code ${exitCode}`}${reason && `: ${reason}`}`,
    hint: 'to use another viewer, run: hpc-desk vnc connect --viewer none',
  }),
  'bridge.failed': ({ reason }) => ({
    message: `the browser page cannot be served: ${reason}`,
    hint: 'reinstall hpc-desk, or use a viewer: hpc-desk viewers',
  }),
  'bridge.unused': ({ limitMs }) => ({
    message: `nobody opened the page within ${Math.round(limitMs / 1000)} s`,
    hint: 'get a new link: hpc-desk vnc connect --web',
  }),

  'ssh.missing': ({ platform }) => ({
    message: 'ssh was not found on this machine',
    hint: {
      win32:
        'install the optional feature “OpenSSH Client” in Windows Settings, or use --route direct',
      darwin: 'add /usr/bin to PATH, or use --route direct',
      other: 'install OpenSSH (Debian: apt install openssh-client), or use --route direct',
    }[platform === 'win32' || platform === 'darwin' ? platform : 'other'],
  }),
  'viewer.missing': ({ viewer, known }) => ({
    message:
      viewer === 'auto'
        ? 'no VNC viewer was found on this machine'
        : `viewer “${viewer}” was not found; known viewers: ${known.join(', ')}`,
    hint: 'install TigerVNC, or use the browser: hpc-desk vnc connect --web',
  }),
  'viewer.noDisplay': ({ viewer, problem }) => ({
    message: `${viewer} cannot open a window: ${displayProblems[problem]}`,
    hint: 'use the browser: hpc-desk vnc connect --web',
  }),
  'xvnc.failed': ({ reason }) => `Xvnc did not start: ${reason}`,
  'output.failed': ({ reason }) => `the result could not be written (${reason})`,
  'store.damaged': ({ path }) => ({
    message: `the file ${path} is damaged`,
    hint: 'repair it or move it away, then run: hpc-desk login',
  }),
  'store.unsafe': ({ path, problem, remedy }) => ({
    message: `${path} is not safe to use: ${problem}`,
    hint: {
      replace: 'replace it with a regular file that you own, or set HPC_DESK_CONFIG_DIR',
      chmod: 'remove access for other users (chmod go=), or set HPC_DESK_CONFIG_DIR',
      remount:
        'its file system does not store permissions: set HPC_DESK_CONFIG_DIR to a folder on another one; in WSL, mount the Windows drive with the option “metadata”',
    }[remedy],
  }),
  'store.noHome': ({ variable }) => ({
    message: `there is no home folder: ${variable} is not set to an absolute path`,
    hint: `set ${variable}, or HPC_DESK_CONFIG_DIR, to the absolute path of a folder that you own`,
  }),
  'system.limit': ({ limit, reason }) =>
    limit === 'openFiles'
      ? {
          message: `this process may not open more files (${reason})`,
          hint: 'raise the limit of this shell: ulimit -n 1024',
        }
      : {
          message: `Node.js could not reserve the address space that it needs (${reason})`,
          hint: 'raise the limit of this shell: ulimit -v unlimited, or ask for a job with more memory',
        },
  'store.full': ({ path }) => ({
    message: `${path} could not be written: disk or quota full; the previous content is unchanged`,
    hint: 'free some space, or set HPC_DESK_CONFIG_DIR',
  }),
  'store.unusable': ({ path, reason }) => ({
    message: `${path} cannot be used (${reason}); the previous content is unchanged`,
    hint:
      reason === 'EBUSY'
        ? 'close the program that has it open, and run the command again'
        : 'set HPC_DESK_CONFIG_DIR to a folder that you can write to',
  }),
  'store.locked': ({ path, pid }) => ({
    message: `another hpc-desk process${pid === undefined ? '' : ` (${pid})`} holds the lock ${path}`,
    hint: 'try again when it has ended; if none is running, delete that folder',
  }),

  'unsafe.value': ({ field, value }) => ({
    message: `the platform sent an unsafe value for “${field}”: “${value}”`,
    hint: 'report this to the platform; nothing was started',
  }),

  'check.failed': ({ failed }) => `checks failed: ${joinWords(failed)}`,
};
