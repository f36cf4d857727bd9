import { quotePosix } from '../../model/quote.js';
import type { FindingTexts } from '../error-text.js';
import { formatDistance } from '../format-distance.js';
import { commands } from './commands.js';
import { units } from './common.js';
import { checkTitles } from './doctor.js';
import { joinWords } from './errors.js';

const setVia = 'hpc-desk config set via USER@HOST:PORT';

export const findings: FindingTexts = {
  blocked: ({ by }) => ({ message: `not checked: see “${checkTitles[by]}”` }),
  late: ({ limitMs }) => ({
    message: `no answer within ${formatDistance(limitMs, units)}`,
    hint:
      limitMs < 5_000
        ? 'allow more time: hpc-desk doctor --timeout 60s'
        : 'a network, VPN or proxy that drops everything looks like this',
  }),

  'check.passed': ({ step }) => ({ message: commands.vnc.check.names[step] }),
  'check.skipped': ({ after }) => ({
    message: `not checked: see “${commands.vnc.check.names[after]}”`,
  }),

  'folder.private': ({ path }) => ({ message: `${path} is yours alone` }),
  'folder.absent': ({ path }) => ({ message: `${path} is made when something is stored` }),
  'folder.readOnly': ({ path }) => ({
    message: `nothing can be written to ${path}`,
    hint: 'make it writable, or set HPC_DESK_CONFIG_DIR to another folder',
  }),

  'settings.valid': ({ set }) => ({
    message: set.length === 0 ? 'nothing but defaults' : `set: ${joinWords(set)}`,
  }),

  'terminal.usable': ({ columns, hasColor }) => ({
    message: `${columns} columns, ${hasColor ? 'with' : 'without'} colour`,
  }),
  'terminal.piped': () => ({ message: 'the output goes to a pipe or a file' }),
  'terminal.dumb': () => ({ message: 'TERM is dumb: no colour and no animation' }),
  'terminal.notUtf8': ({ locale }) => ({
    message: `the locale “${locale}” is not UTF-8: some characters may be drawn wrong`,
    hint: 'export LANG=C.UTF-8',
  }),
  'terminal.hidden': () => ({
    message: 'this shell hides its terminal from programs, so that nothing can be asked',
    hint: 'use Windows Terminal, or put winpty in front of the command',
  }),

  'temporaryFolder.usable': ({ path }) => ({ message: `${path} can be used` }),
  'temporaryFolder.replaced': ({ path, used }) => ({
    message: `${path} cannot be used for temporary files; ${used} is used instead`,
    hint: 'set TMPDIR to a folder that you can write to, or unset it',
  }),
  'temporaryFolder.none': ({ path, reason }) => ({
    message: `no temporary folder can be used: ${path}: ${reason}`,
    hint: 'set TMPDIR to a folder that you can write to',
  }),
  'freePort.found': () => ({ message: 'a port on 127.0.0.1 can be opened' }),
  'freePort.none': ({ reason }) => ({
    message: `no port on 127.0.0.1 can be opened (${reason})`,
    hint: 'look for a firewall or a security program that forbids it',
  }),

  'proxy.none': ({ origin }) => ({ message: `${origin} is asked directly` }),
  'proxy.used': ({ origin, proxy }) => ({ message: `${origin} is asked through ${proxy}` }),
  'proxy.withPassword': ({ origin, proxy }) => ({
    message: `${origin} is asked through ${proxy}, with a password in the environment`,
    hint: 'every program that you start can read it there',
  }),

  'dns.found': ({ host, addresses }) => ({ message: `${host} is ${joinWords(addresses)}` }),
  'dns.literal': ({ host }) => ({ message: `${host} is an address already` }),
  'dns.byProxy': ({ host }) => ({ message: `the proxy looks up ${host}` }),
  'dns.failed': ({ host, reason }) => ({
    message: `no address was found for ${host} (${reason})`,
    hint: 'check the network, VPN and API URL: hpc-desk config get apiUrl',
  }),

  'platform.answers': ({ origin, status }) => ({ message: `${origin} answers (HTTP ${status})` }),
  'tls.trusted': ({ origin }) => ({ message: `the certificate of ${origin} is trusted` }),
  'tls.onLoopback': () => ({ message: 'plain http, which does not leave this machine' }),
  'tls.clearText': ({ origin }) => ({
    message: `${origin} is plain http: the token travels in clear text`,
    hint: 'ask your site for an https URL',
  }),

  'clock.right': () => ({ message: 'the clock agrees with the platform’s' }),
  'clock.wrong': ({ offsetSeconds }) => ({
    message: `the clock is ${formatDistance(Math.abs(offsetSeconds) * 1000, units)} ${offsetSeconds > 0 ? 'ahead of' : 'behind'} the platform’s`,
    hint: 'let the system set the time by itself (Linux: sudo timedatectl set-ntp true)',
  }),
  'clock.unknown': ({ origin }) => ({ message: `${origin} does not tell the time` }),

  'token.lives': ({ user, expiresAt }) => ({
    message: `logged in${ofUser(user)}, until ${expiresAt}`,
  }),
  'token.silent': ({ user }) => ({
    message: `logged in${ofUser(user)}; the token does not say until when`,
  }),
  'token.ending': ({ user, minutes }) => ({
    message: `logged in${ofUser(user)}, for another ${minutes} min`,
    hint: 'it is renewed when it is used; to be sure: hpc-desk login',
  }),
  'token.expired': ({ user, expiresAt }) => ({
    message: `the token${ofUser(user)} expired at ${expiresAt}`,
    hint: 'it is renewed if the platform still does that; otherwise: hpc-desk login',
  }),

  'cluster.answers': ({ origin, schedulers }) => ({
    message: `${origin} takes the token${schedulers.length === 0 ? '' : `; it serves ${joinWords(schedulers)}`}`,
  }),

  'ssh.found': ({ path, version }) => ({ message: version === '' ? path : `${version}, ${path}` }),
  'ssh.notNeeded': () => ({ message: 'there is none, and without a login node none is needed' }),

  'keys.found': ({ inAgent, files }) => ({
    message: [
      ...(inAgent === 0 ? [] : [`${inAgent} in the agent`]),
      ...(files.length === 0 ? [] : [joinWords(files)]),
    ].join(', '),
  }),
  'keys.named': ({ path }) => ({ message: `the key ${path} is used` }),
  'keys.open': ({ path }) => ({
    message: `others can read the key ${path}, so ssh ignores it`,
    hint: `chmod 600 ${quotePosix(path)}`,
  }),
  'keys.expired': ({ path, expiredAt }) => ({
    message: `the key ${path} expired at ${expiredAt}`,
    hint: 'download a new one from the console',
  }),
  'keys.ending': ({ path, leftMs }) => ({
    message: `the key ${path} expires in ${formatDistance(leftMs, units)}`,
    hint: 'download a new one from the console',
  }),
  'keys.none': ({ agent }) => ({
    message: `${agents[agent]}, and no key file: ssh can only ask for a password`,
    hint: 'ssh-keygen -t ed25519, then give the public key to your site',
  }),

  'hostKey.known': ({ host, fingerprints }) => ({
    message: `${host} is known: ${joinWords(fingerprints)}`,
  }),
  'hostKey.unknown': ({ host, command }) => ({
    message: `${host} is not in your known_hosts`,
    hint: `compare the fingerprint with your site's, then run once: ${command}`,
  }),
  'hostKey.acceptsNew': ({ host }) => ({
    message: `${host} is new; your ssh configuration accepts it at the first connection`,
  }),
  'hostKey.changed': ({ host, reason, fingerprints }) => ({
    message: `${host} shows another key than you know (${joinWords(fingerprints)}): ${reason}`,
    hint: `ask your site; only if the change is theirs: ssh-keygen -R '${host}'`,
  }),
  'hostKey.unchecked': ({ host }) => ({
    message: `your ssh configuration checks no host key of ${host}: anybody on the way can pose as it`,
    hint: 'take StrictHostKeyChecking no out of your ssh configuration',
  }),

  'via.none': () => ({
    message: 'none is set: nodes are reached directly',
    hint: `if that does not work: ${setVia}`,
  }),
  'loginNode.open': ({ via }) => ({ message: `ssh logs in to ${via} without asking` }),
  'loginNode.asks': ({ via, reason, command }) => ({
    message: `ssh must ask for something to log in to ${via}, which was not done here: ${reason}`,
    hint: `make a key work, so that nothing is asked: ${command}`,
  }),
  'loginNode.refuses': ({ via, reason, command }) => ({
    message: `${via} takes none of your keys: ${reason}`,
    hint: `make this work first: ${command}`,
  }),
  'loginNode.fails': ({ via, reason, command }) => ({
    message: `ssh could not reach ${via}: ${reason}`,
    hint: `make this work first: ${command}`,
  }),
  'loginNode.silent': ({ via, timeoutMs, command }) => ({
    message: `nothing came through ${via} within ${formatDistance(timeoutMs, units)}`,
    hint: `see where it stops: ${command.replace('ssh', 'ssh -v')}`,
  }),

  'session.none': () => ({
    message: 'there is no session to connect to',
    hint: 'hpc-desk vnc create',
  }),
  'nodePort.open': ({ target, via }) => ({
    message: via === undefined ? `${target} is reached` : `${target} is reached through ${via}`,
  }),
  'nodePort.noForwarding': ({ via, reason }) => ({
    message: `${via} forbids forwarding: ${reason}`,
    hint: 'ask your site for a login node that allows TCP forwarding to graphics nodes',
  }),
  'nodePort.closed': ({ target, via, reason }) => ({
    message: `${target} cannot be reached through ${via} (${reason})`,
    hint: 'the desktop may have ended: hpc-desk vnc show',
  }),
  'rfb.greets': ({ target, rfbVersion }) => ({
    message: `a desktop answers at ${target} (RFB ${rfbVersion})`,
  }),

  'viewers.found': ({ name, path, count }) => ({
    message: `${name}, ${path}${count > 1 ? ` (first of ${count})` : ''}`,
  }),
  'viewers.noneWanted': () => ({ message: 'no viewer is wanted: a port is kept open instead' }),
  'viewers.none': ({ install }) => ({
    message: 'no VNC viewer was found on this machine',
    hint: `${install} (more: hpc-desk viewers)`,
  }),
  'viewers.noDisplay': ({ name }) => ({
    message: `${name} has no display to open its window on`,
    hint: 'run hpc-desk on your own machine, or: hpc-desk vnc connect --viewer none',
  }),

  'browser.found': ({ opener }) => ({ message: `pages are opened by ${opener}` }),
  'browser.off': () => ({ message: 'HPC_DESK_BROWSER is none: addresses are printed instead' }),
  'browser.unseen': () => ({
    message: 'a page that is opened here would not be seen: addresses are printed instead',
  }),
  'browser.none': () => ({
    message: 'nothing was found that opens a page; addresses are printed instead',
    hint: 'set HPC_DESK_BROWSER to the path of your browser',
  }),
};

const agents = {
  none: 'no agent runs',
  empty: 'the agent is empty',
  missing: 'there is no ssh-add',
};

function ofUser(user: string): string {
  return user === '' ? '' : ` as ${user}`;
}
