import { formatEndpoint, formatLoginNode } from '../../model/endpoint.js';
import { quotePosix } from '../../model/quote.js';
import type { Question, StatusMessage } from '../../model/status.js';
import { formatDistance, formatOffset, shortRfbVersion } from '../format.js';
import { units } from './common.js';

export function progress(message: StatusMessage): string {
  switch (message.kind) {
    case 'asking':
      return `Contacting ${message.origin}`;
    case 'creating':
      return `Creating or finding the session at ${message.origin}`;
    case 'deleting':
      return `Deleting ${message.sessionId}`;
    case 'routing': {
      const { route } = message;
      const target = formatEndpoint(route.target);
      return route.kind === 'ssh'
        ? `Connecting to ${target} through ${formatLoginNode(route.via)}`
        : `Connecting to ${target}`;
    }
    case 'sshAlive':
      return 'ssh started; waiting for the desktop';
    case 'greeted':
      return `The desktop answers (RFB ${shortRfbVersion(message.rfbVersion)})`;
    case 'viewing':
      return `Starting ${message.viewer}`;
    case 'passwordCopied':
      return 'The VNC password is on the clipboard; overwrite it after pasting.';
    case 'passwordNotCopied':
      return 'The VNC password could not be copied; type it into the viewer.';
    case 'nothingToType':
      return `No tunnel needed: connect your viewer to ${formatEndpoint(message.target)}.`;
    case 'inUse':
      return 'A viewer is connected.';
    case 'idle':
      return 'No viewer is connected; waiting for the next one.';
    case 'deserted':
      return `The last tab was closed; disconnecting in ${formatDistance(message.endsInMs, units)} unless it is reopened.`;
    case 'lost':
      return `Connection lost: ${message.reason}`;
    case 'redialling':
      return `Reconnecting in ${formatDistance(message.nextTryInMs, units)} (attempt ${message.tries})`;
    case 'restored':
      return 'Reconnected at the same address.';
    case 'sessionGone':
      return `The platform no longer lists ${message.name}: it was deleted or swept.`;
    case 'keyExpires':
      return `The key ${message.path} expires in ${formatDistance(message.leftMs, units)}; download a new one from the console.`;
    case 'keyExpired':
      return `The key ${message.path} expired at ${message.expiredAt}; download a new one from the console.`;
    case 'keyOpen':
      return `The key ${message.path} is readable by others, so ssh ignores it; run: chmod 600 ${quotePosix(message.path)}`;
    case 'waiting': {
      const why =
        message.reason === 'busy' ? 'All nodes are busy' : 'Too many requests to the platform';
      const next = formatDistance(message.nextTryInMs, units);
      const passed = formatDistance(message.elapsedMs, units);
      const left = formatDistance(message.remainingMs, units);
      return `${why}; attempt ${message.tries + 1} in ${next} (${passed} elapsed, ${left} left)`;
    }
    case 'waitStopped':
      return message.mayExist
        ? 'Stopped during a request; a session may have been created: hpc-desk vnc list'
        : 'Stopped waiting; no session was created.';
    case 'clockSkewed':
      return `The clock of this machine is ${formatOffset(message.offsetMs, units)} ${message.offsetMs < 0 ? 'ahead of' : 'behind'} the platform's; using the platform's time.`;
    case 'keyStored':
      return `The secret key was saved in ${message.path}, readable by you only.`;
    case 'notSaved':
      return `The renewed token could not be saved in ${message.path}; it is used for this command only.`;
    case 'tokenEndsSoon':
      return `Your token expires in ${message.minutes} min and cannot be renewed; run: hpc-desk login`;
    case 'sweepSoon':
      return `The platform removes idle sessions in ${message.minutes} min; stay connected to keep yours.`;
    case 'openingPage':
      return 'Opening the page in a browser';
    case 'pageNotOpened':
      return message.outcome === 'impossible'
        ? 'Cannot open a browser here; open the URL yourself.'
        : 'The browser did not open the page (Snap, Flatpak or Windows browsers may not be able to read the file); open the URL yourself.';
    case 'tunnelsRunning':
      return `${message.count} tunnel${message.count === 1 ? ' keeps' : 's keep'} running: hpc-desk tunnels stop --all`;
    case 'watching':
      return `Watching ${message.name} for changes; press Ctrl-C to stop.`;
    case 'startingSandbox':
      return 'Starting the sandbox';
  }
}

/** Notices after the result. */
export const notices = {
  done: (command: string) => `${command} finished`,
  failed: (command: string) => `${command} failed`,
};

export function ask(question: Question): string {
  switch (question.kind) {
    case 'token':
      return 'Token:';
    case 'loginMethod':
      return 'Login method:';
    case 'user':
      return 'Platform user name:';
    case 'accessKey':
      return 'Access key:';
    case 'secretKey':
      return 'Secret key:';
    case 'orgId':
      return 'Organisation ID:';
    case 'password':
      return 'Password:';
    case 'cluster':
      return 'Cluster:';
    case 'deleteSession':
      return `Delete session ${question.name}? Everything running in it will be lost.`;
    case 'writeReport':
      return `Write this to ${question.file}?`;
    case 'copyPassword':
      return `${question.viewer} will ask for the VNC password. Copy it to the clipboard?`;
  }
}

/** Texts that the prompt library has in English only. */
export const prompts = {
  keys: { move: 'move', choose: 'choose' },
  yes: 'yes',
  no: 'no',
  yesOrNo: 'Answer y or n',
  empty: 'Please enter a value',
};
