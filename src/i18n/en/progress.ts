import { formatEndpoint, formatLoginNode } from '../../model/endpoint.js';
import { quotePosix } from '../../model/quote.js';
import type { QuestionTexts, StatusTexts } from '../error-text.js';
import { shortRfbVersion } from '../format.js';
import { duration, offset } from './common.js';

export const progress: StatusTexts = {
  asking: ({ origin }) => `Contacting ${origin}`,
  creating: ({ origin }) => `Creating or finding the session at ${origin}`,
  deleting: ({ sessionId }) => `Deleting ${sessionId}`,
  routing: ({ route }) => {
    const target = formatEndpoint(route.target);
    return route.kind === 'ssh'
      ? `Connecting to ${target} through ${formatLoginNode(route.via)}`
      : `Connecting to ${target}`;
  },
  sshAlive: 'ssh started; waiting for the desktop',
  greeted: ({ rfbVersion }) => `The desktop answers (RFB ${shortRfbVersion(rfbVersion)})`,
  viewing: ({ viewer }) => `Starting ${viewer}`,
  passwordCopied: 'The VNC password is on the clipboard; overwrite it after pasting.',
  passwordNotCopied: 'The VNC password could not be copied; type it into the viewer.',
  nothingToType: ({ target }) =>
    `No tunnel needed: connect your viewer to ${formatEndpoint(target)}.`,
  inUse: 'A viewer is connected.',
  idle: 'No viewer is connected; waiting for the next one.',
  deserted: ({ endsInMs }) =>
    `The last tab was closed; disconnecting in ${duration(endsInMs)} unless it is reopened.`,
  lost: ({ reason }) => `Connection lost: ${reason}`,
  redialling: ({ nextTryInMs, tries }) =>
    `Reconnecting in ${duration(nextTryInMs)} (attempt ${tries})`,
  restored: 'Reconnected at the same address.',
  sessionGone: ({ name }) => `The platform no longer lists ${name}: it was deleted or swept.`,
  keyExpires: ({ path, leftMs }) =>
    `The key ${path} expires in ${duration(leftMs)}; download a new one from the console.`,
  keyExpired: ({ path, expiredAt }) =>
    `The key ${path} expired at ${expiredAt}; download a new one from the console.`,
  keyOpen: ({ path }) =>
    `The key ${path} is readable by others, so ssh ignores it; run: chmod 600 ${quotePosix(path)}`,
  waiting: ({ reason, nextTryInMs, elapsedMs, remainingMs, tries }) => {
    const why = reason === 'busy' ? 'All nodes are busy' : 'Too many requests to the platform';
    return `${why}; attempt ${tries + 1} in ${duration(nextTryInMs)} (${duration(elapsedMs)} elapsed, ${duration(remainingMs)} left)`;
  },
  waitStopped: ({ mayExist }) =>
    mayExist
      ? 'Stopped during a request; a session may have been created: hpc-desk vnc list'
      : 'Stopped waiting; no session was created.',
  clockSkewed: ({ offsetMs }) =>
    `The clock of this machine is ${offset(offsetMs)} ${offsetMs < 0 ? 'ahead of' : 'behind'} the platform's; using the platform's time.`,
  keyStored: ({ path }) => `The secret key was saved in ${path}, readable by you only.`,
  notSaved: ({ path }) =>
    `The renewed token could not be saved in ${path}; it is used for this command only.`,
  tokenEndsSoon: ({ minutes }) =>
    `Your token expires in ${minutes} min and cannot be renewed; run: hpc-desk login`,
  sweepSoon: ({ minutes }) =>
    `The platform removes idle sessions in ${minutes} min; stay connected to keep yours.`,
  openingPage: 'Opening the page in a browser',
  pageNotOpened: ({ outcome }) =>
    outcome === 'impossible'
      ? 'Cannot open a browser here; open the URL yourself.'
      : 'The browser did not open the page (Snap, Flatpak or Windows browsers may not be able to read the file); open the URL yourself.',
  tunnelsRunning: ({ count }) =>
    `${count} tunnel${count === 1 ? ' is' : 's are'} still running; to stop: hpc-desk tunnels stop --all`,
  watching: ({ name }) => `Watching ${name} for changes; press Ctrl-C to stop.`,
  startingSandbox: 'Starting the sandbox',
};

/** Notices after the result. */
export const notices = {
  done: (command: string) => `${command} finished`,
  failed: (command: string) => `${command} failed`,
};

export const ask: QuestionTexts = {
  token: 'Token:',
  loginMethod: 'Login method:',
  user: 'Platform user name:',
  accessKey: 'Access key:',
  secretKey: 'Secret key:',
  orgId: 'Organisation ID:',
  password: 'Password:',
  cluster: 'Cluster:',
  deleteSession: ({ name }) => `Delete session ${name}? Everything running in it will be lost.`,
  writeReport: ({ file }) => `Write this to ${file}?`,
  copyPassword: ({ viewer }) =>
    `${viewer} will ask for the VNC password. Copy it to the clipboard?`,
};

/** Texts that the prompt library has in English only. */
export const prompts = {
  keys: { move: 'move', choose: 'choose' },
  yes: 'yes',
  no: 'no',
  yesOrNo: 'Answer y or n',
  empty: 'Please enter a value',
};
