import type { NeededInput, PeersProblem, TokenProblem } from '../../errors/codes.js';
import { quotePosix } from '../../model/quote.js';
import { type ErrorTexts, maybe, sshLine } from '../error-text.js';

const help = 'hpc-desk --help';

const peersProblems: Record<PeersProblem, string> = {
  noTable: "the kernel's table of TCP connections (/proc/net/tcp) is not available here",
  sharedUid: 'your user ID is the one that the kernel shows for every unknown user',
};

export const tokenProblems: Record<TokenProblem, string> = {
  empty: 'it is empty',
  blank: 'it has blanks inside',
  lineBreak: 'it has line breaks inside',
  nonAscii: 'it has characters beyond printable ASCII',
  tooLong: 'it is longer than 8 KiB',
};

export const neededInputs: Record<NeededInput, string> = {
  credentials: 'a way to log in',
  token: 'the token',
  secretKey: 'the secret key',
  password: 'the password',
};

export function joinWords(words: readonly string[]): string {
  return words.join(', ');
}

/** The nearest word where there is one, else where to look. */
export function didYouMean(word: string | undefined, otherwise: string): string {
  return word === undefined ? otherwise : `did you mean “${word}”?`;
}

export const errors: ErrorTexts = {
  'bug.unexpected': ({ reason }) => ({
    message: `something happened that hpc-desk did not foresee: ${reason}`,
    hint: 'run the command again with --debug and report what it prints',
  }),

  'usage.unknownCommand': ({ word, suggestion }) => ({
    message: `there is no command “${word}”`,
    hint: suggestion === undefined ? help : `did you mean “${suggestion}”?`,
  }),
  'usage.unknownOption': ({ option, suggestion }) => ({
    message: `there is no option “${option}”`,
    hint:
      suggestion === undefined ? 'add --help to see the options' : `did you mean “${suggestion}”?`,
  }),
  'usage.missingCommand': ({ group }) => ({
    message: `“${group}” needs one more word`,
    hint: `hpc-desk ${group} --help`,
  }),
  'usage.missingArgument': ({ argument }) => ({
    message: `the argument <${argument}> is missing`,
    hint: 'add --help to see how the command is used',
  }),
  'usage.missingValue': ({ option }) => ({ message: `the option ${option} needs a value` }),
  'usage.missingOption': ({ option, example }) => ({
    message: `the option ${option} is missing`,
    hint: example,
  }),
  'usage.tooManyArguments': ({ word }) => ({
    message: `“${word}” is one word too many`,
    hint: 'add --help to see how the command is used',
  }),
  'usage.invalidValue': ({ name, value, expected, suggestion }) => ({
    message: `“${value}” is not a value of ${name}; expected ${expected}`,
    ...maybe(suggestion, (word) => `did you mean “${word}”?`),
  }),
  'usage.conflict': ({ first, second }) => ({
    message: `${first} and ${second} cannot be used together`,
  }),
  'usage.unknownField': ({ field, fields, suggestion }) => ({
    message: `there is no field “${field}”; there are ${fields.join(', ')}`,
    ...maybe(suggestion, (word) => `did you mean “${word}”?`),
  }),
  'usage.formatNotOffered': ({ format }) => ({
    message: `this command has no output in the format “${format}”`,
    hint: 'use --json',
  }),
  'usage.unknownSetting': ({ key, suggestion }) => ({
    message: `there is no setting “${key}”`,
    hint: suggestion === undefined ? 'hpc-desk config list' : `did you mean “${suggestion}”?`,
  }),
  'usage.secretInArguments': ({ option, instead }) => ({
    message: `${option} is refused: other users of this machine can read the arguments of a program`,
    hint: `use ${instead}`,
  }),
  'usage.needsInput': ({ what, example }) => ({
    message: `${neededInputs[what]} is needed, and there is no terminal to ask on`,
    hint: example,
  }),
  'usage.invalidToken': ({ problem }) => ({
    message: `this is no token: ${tokenProblems[problem]}`,
    hint: 'copy the whole token, on one line, and try again',
  }),
  'usage.needsTerminal': ({ option }) => ({
    message: `${option} draws on a terminal, and the output goes elsewhere`,
  }),
  'usage.bytesToTerminal': ({ option }) => ({
    message: `${option} would write the bytes of a picture to the terminal`,
    hint: 'name a file, or pipe it on: … | PROGRAM',
  }),
  'usage.fileExists': ({ path }) => ({
    message: `${path} exists already and is not overwritten`,
    hint: 'name another file with --file',
  }),
  'usage.plainHttp': ({ url }) => ({
    message: `${url} is plain http: your credentials would be sent unencrypted`,
    hint: 'use https, or add --allow-http to “hpc-desk login” if you accept that',
  }),

  'session.ambiguous': ({ selector, matches }) => ({
    message:
      selector === undefined
        ? `there are several sessions: ${joinWords(matches)}`
        : `“${selector}” fits several sessions: ${joinWords(matches)}`,
    hint: 'name one of them',
  }),
  'tunnel.ambiguous': ({ selector, matches }) => ({
    message:
      selector === undefined
        ? `there are several tunnels: ${joinWords(matches)}`
        : `“${selector}” matches several tunnels: ${joinWords(matches)}`,
    hint: 'name one of them, or use --all',
  }),
  'cluster.ambiguous': ({ selector, matches }) => ({
    message:
      selector === undefined
        ? `there are several clusters: ${joinWords(matches)}`
        : `“${selector}” fits several clusters: ${joinWords(matches)}`,
    hint: 'name one with --cluster ID',
  }),
  'session.notFound': ({ selector, suggestion }) => ({
    message: selector === undefined ? 'you have no session' : `there is no session “${selector}”`,
    hint:
      selector === undefined ? 'hpc-desk vnc create' : didYouMean(suggestion, 'hpc-desk vnc list'),
  }),
  'tunnel.notFound': ({ selector, suggestion }) => ({
    message:
      selector === undefined
        ? 'no tunnel is running in the background'
        : `there is no tunnel “${selector}”`,
    hint: didYouMean(suggestion, 'hpc-desk tunnels'),
  }),
  'cluster.notFound': ({ selector, suggestion }) => ({
    message:
      selector === undefined
        ? 'the account has no cluster that offers desktops'
        : `there is no usable cluster “${selector}”`,
    hint: didYouMean(suggestion, 'hpc-desk clusters'),
  }),
  'profile.notFound': ({ profile, suggestion }) => ({
    message: `there is no profile “${profile}”`,
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
    message: 'HPC_DESK_TOKEN is set, but not where to send it',
    hint: 'set HPC_DESK_API_URL, or add --api-url URL',
  }),
  'auth.expired': ({ expiredAt }) => ({
    message:
      expiredAt === undefined
        ? 'the platform no longer accepts your token'
        : `your token expired at ${expiredAt}`,
    hint: 'hpc-desk login',
  }),
  'auth.rejected': () => ({
    message: 'the platform rejected the log-in',
    hint: 'check user and keys, then run hpc-desk login again',
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
    message: `${origin} forbids the request (403)`,
    hint: 'ask the platform whether your account and this network may use desktops, or log in again: hpc-desk login',
  }),
  'platform.fault': ({ platformCode }) => ({
    message: `the platform has a fault (code ${platformCode})`,
    hint: 'try again in a few minutes',
  }),
  'platform.busy': () => ({
    message: 'all graphics nodes are busy or out of reach; no session was created',
    hint: 'try again in a few minutes: hpc-desk vnc create',
  }),
  'platform.rateLimited': ({ retryAfterSeconds }) => ({
    message: 'the platform was asked too often',
    hint: `try again in ${retryAfterSeconds ?? 60} s`,
  }),

  'network.unreachable': ({ origin, reason }) => ({
    message: `${origin} cannot be reached (${reason})`,
    hint: 'check the network, the proxy variables and the API URL: hpc-desk whoami',
  }),
  'network.timeout': ({ origin, timeoutMs }) => ({
    message: `${origin} did not answer within ${Math.round(timeoutMs / 1000)} s`,
    hint: 'try again, or allow more time with --timeout 120s',
  }),
  'network.tls': ({ origin, reason }) => ({
    message: `the certificate of ${origin} is not trusted (${reason})`,
    hint: /EXPIRED|NOT_YET_VALID/.test(reason)
      ? 'check the clock of this machine: date'
      : 'if your institute inspects TLS, set NODE_EXTRA_CA_CERTS to its CA file; verification cannot be turned off',
  }),
  'network.redirect': ({ origin, status, target }) => ({
    message: `${origin} answers with a redirect (${status})${target && ` to ${target}`}; hpc-desk follows none`,
    hint: /^https?:/.test(target)
      ? `if you trust it: hpc-desk login --api-url ${quotePosix(target)}`
      : 'check the API URL: hpc-desk whoami',
  }),
  'network.unusableAnswer': ({ endpoint, problem }) => ({
    message: `the answer of ${endpoint} cannot be used: ${problem}`,
    hint: 'check the API URL: hpc-desk whoami',
  }),

  'ssh.hostKey': ({ via, reason }) => ({
    message: `ssh does not trust the host key of ${via}: ${reason}`,
    hint: `compare the fingerprint with your site's, then run once: ${sshLine(via)}`,
  }),
  'ssh.authFailed': ({ via, reason }) => ({
    message: `ssh could not log in to ${via}: ${reason}`,
    hint: `make this work first: ${sshLine(via)}`,
  }),
  'ssh.exited': ({ via, exitCode, reason }) => ({
    message: `ssh to ${via} ended${exitCode === null ? '' : ` with code ${exitCode}`}: ${reason}`,
    hint: `make this work first: ${sshLine(via)}`,
  }),
  'tunnel.unreachable': ({ target, reason }) => ({
    message: `nothing can be reached at ${target} (${reason})`,
    hint: 'if the node is only reachable through a login node, add --via USER@HOST',
  }),
  'tunnel.lost': ({ target, reason }) => ({
    message: `the connection to ${target} was lost: ${reason}`,
    hint: 'hpc-desk vnc connect',
  }),
  'tunnel.notStarted': ({ log }) => ({
    message: 'the background process ended before the desktop answered',
    hint: `see ${log}`,
  }),
  'tunnel.portTaken': ({ port }) => ({
    message: `port ${port} of this machine is taken by another program`,
    hint: 'leave --local-port out to get a free one',
  }),
  'tunnel.cannotListen': ({ reason }) => ({
    message: `cannot open a local port or socket: ${reason}`,
    hint: 'hpc-desk doctor',
  }),
  'tunnel.peersUnknown': ({ problem }) => ({
    message: `cannot keep other users off a local port: ${peersProblems[problem]}`,
    hint: 'use a viewer that takes a Unix socket, such as TigerVNC; to let every user of this machine connect, add --allow-any-user',
  }),
  'rfb.notRfb': ({ target, received }) => ({
    message: `${target} does not speak the VNC protocol; it said “${received}”`,
    hint: 'hpc-desk vnc show',
  }),
  'rfb.broken': ({ target, problem }) => ({
    message: `the desktop at ${target} breaks the VNC protocol: ${problem}`,
    hint: 'try a viewer: hpc-desk vnc connect',
  }),
  'rfb.authFailed': ({ target }) => ({
    message: `the desktop at ${target} refused the VNC password`,
    hint: 'set HPC_DESK_VNC_PASSWORD',
  }),
  'rfb.lockedOut': ({ target, reason }) => ({
    message: `the desktop at ${target} takes no connection for now: ${reason}`,
    hint: 'wait a few minutes before the next try',
  }),
  'rfb.timeout': ({ target, timeoutMs }) => ({
    message: `the desktop at ${target} said nothing within ${Math.round(timeoutMs / 1000)} s`,
    hint: 'try again, or allow more time with --timeout 60s',
  }),
  'viewer.failed': ({ viewer, exitCode, reason }) => ({
    message: `${viewer} ended${exitCode === null ? '' : ` with code ${exitCode}`}: ${reason}`,
    hint: 'keep the port open and use another viewer: hpc-desk vnc connect --viewer none',
  }),
  'bridge.failed': ({ reason }) => ({
    message: `the browser page cannot be served: ${reason}`,
    hint: 'install the program again, or use a viewer: hpc-desk viewers',
  }),
  'bridge.unused': ({ limitMs }) => ({
    message: `nobody opened the page within ${Math.round(limitMs / 1000)} s`,
    hint: 'get a new link: hpc-desk vnc connect --web',
  }),

  'ssh.missing': ({ platform }) => ({
    message: 'no ssh was found on this machine',
    hint: {
      win32:
        'add the optional feature “OpenSSH Client” in the settings of Windows, or use --route direct',
      darwin: 'add /usr/bin to PATH, where macOS has ssh, or use --route direct',
      other: 'install OpenSSH (Debian: apt install openssh-client), or use --route direct',
    }[platform === 'win32' || platform === 'darwin' ? platform : 'other'],
  }),
  'viewer.missing': ({ viewer, known }) => ({
    message:
      viewer === 'auto'
        ? 'no VNC viewer was found on this machine'
        : `the viewer “${viewer}” was not found; known ones are ${known.join(', ')}`,
    hint: 'install TigerVNC, or use the browser: hpc-desk vnc connect --web',
  }),
  'xvnc.failed': ({ reason }) => ({ message: `Xvnc did not start: ${reason}` }),
  'output.failed': ({ reason }) => ({ message: `the result could not be written (${reason})` }),
  'store.damaged': ({ path }) => ({
    message: `the file ${path} is damaged`,
    hint: 'mend it or move it away, then run: hpc-desk login',
  }),
  'store.unsafe': ({ path, problem }) => ({
    message: `${path} is not used because it is not safe: ${problem}`,
    hint: 'make it an ordinary file of yours, or set HPC_DESK_CONFIG_DIR',
  }),
  'store.full': ({ path }) => ({
    message: `${path} could not be written: the disk or your quota is full; what was stored before is still there`,
    hint: 'free some space, or set HPC_DESK_CONFIG_DIR',
  }),
  'store.unusable': ({ path, reason }) => ({
    message: `${path} cannot be used (${reason}); what was stored before is still there`,
    hint: 'set HPC_DESK_CONFIG_DIR to a folder that you can write to',
  }),
  'store.locked': ({ path }) => ({
    message: `another hpc-desk holds ${path}`,
    hint: 'wait for it to end, then try again',
  }),

  'unsafe.value': ({ field, value }) => ({
    message: `the platform sent a value for “${field}” that is not safe to use: “${value}”`,
    hint: 'report this to the platform; nothing was started',
  }),

  'check.failed': ({ failed }) => ({ message: `these checks failed: ${joinWords(failed)}` }),
};
