import { formatEndpoint, formatLoginNode } from '../../model/endpoint.js';
import type { Question } from '../../model/question.js';
import { quotePosix } from '../../model/quote.js';
import type { Stage } from '../../model/stage.js';
import { formatDistance } from '../format-distance.js';
import { units } from './common.js';

export function progress(stage: Stage): string {
  switch (stage.kind) {
    case 'asking':
      return `Asking ${stage.origin}`;
    case 'creating':
      return `Creating or finding the session at ${stage.origin}`;
    case 'deleting':
      return `Deleting ${stage.sessionId}`;
    case 'routing': {
      const { route } = stage;
      const target = formatEndpoint(route.target);
      return route.kind === 'ssh'
        ? `Connecting to ${target} through ${formatLoginNode(route.via)}`
        : `Connecting to ${target}`;
    }
    case 'sshAlive':
      return 'ssh runs; waiting for the desktop';
    case 'greeted':
      return `The desktop answers (RFB ${stage.rfbVersion})`;
    case 'viewing':
      return `Starting ${stage.viewer}`;
    case 'passwordCopied':
      return 'The VNC password is on the clipboard; copy something else when it is pasted.';
    case 'passwordNotCopied':
      return 'The VNC password could not be put on the clipboard; type it into the viewer.';
    case 'nothingToType':
      return `No command is needed: give ${formatEndpoint(stage.target)} to your viewer.`;
    case 'inUse':
      return 'A viewer is connected.';
    case 'idle':
      return 'No viewer is connected; the next one is welcome.';
    case 'deserted':
      return `The last tab is gone; open it again within ${formatDistance(stage.endsInMs, units)}, or this ends.`;
    case 'lost':
      return `The connection was lost: ${stage.reason}`;
    case 'redialling':
      return `Try ${stage.tries} to get it back in ${formatDistance(stage.nextTryInMs, units)}`;
    case 'restored':
      return 'The connection is back, at the same address.';
    case 'sessionGone':
      return `The platform no longer lists ${stage.name}: it was deleted or swept.`;
    case 'keyExpires':
      return `The key ${stage.path} expires in ${formatDistance(stage.leftMs, units)}; download a new one from the console.`;
    case 'keyExpired':
      return `The key ${stage.path} expired at ${stage.expiredAt}; download a new one from the console.`;
    case 'keyOpen':
      return `Others can read the key ${stage.path}, so ssh ignores it; run: chmod 600 ${quotePosix(stage.path)}`;
    case 'waiting': {
      const why = stage.reason === 'busy' ? 'All nodes are busy' : 'The platform asks for patience';
      const next = formatDistance(stage.nextTryInMs, units);
      const passed = formatDistance(stage.elapsedMs, units);
      const left = formatDistance(stage.remainingMs, units);
      return `${why}; try ${stage.tries + 1} in ${next} (waiting for ${passed}, ${left} left)`;
    }
    case 'waitStopped':
      return stage.mayExist
        ? 'Stopped while the platform was being asked; a session may have been created: hpc-desk vnc list'
        : 'Stopped waiting; no session was created.';
    case 'clockSkewed':
      return `The clock of this machine is wrong by ${formatDistance(Math.abs(stage.offsetMs), units)}; corrected for this log-in.`;
    case 'keyStored':
      return `The secret key stands in ${stage.path}, readable by you only.`;
    case 'notSaved':
      return `The renewed token could not be saved in ${stage.path}; this command goes on with it.`;
    case 'tokenEndsSoon':
      return `Your token ends in ${stage.minutes} min and cannot be renewed from here: log in again.`;
    case 'sweepSoon':
      return `The platform sweeps idle sessions in ${stage.minutes} min; stay connected to keep yours.`;
    case 'openingPage':
      return 'Opening the page in a browser';
    case 'pageNotOpened':
      return stage.outcome === 'impossible'
        ? 'No browser can be opened here; open the URL by hand.'
        : 'The browser did not open the page (one from Snap, Flatpak or outside WSL may not read our file); open the URL by hand.';
    case 'tunnelsRunning':
      return `${stage.count} tunnel${stage.count === 1 ? ' keeps' : 's keep'} running: hpc-desk tunnels stop --all`;
    case 'startingSandbox':
      return 'Starting the sandbox';
  }
}

/** What the program says on the side, when something else is over. */
export const notices = {
  done: (command: string) => `${command} is done`,
  failed: (command: string) => `${command} failed`,
};

export function ask(question: Question): string {
  switch (question.kind) {
    case 'token':
      return 'Token:';
    case 'loginMethod':
      return 'How do you log in?';
    case 'user':
      return 'Platform user name:';
    case 'accessKey':
      return 'Access key:';
    case 'secretKey':
      return 'Secret key:';
    case 'orgId':
      return 'Organisation id:';
    case 'password':
      return 'Password:';
    case 'cluster':
      return 'Which cluster?';
    case 'deleteSession':
      return `Delete session ${question.name}? What runs in it is lost.`;
    case 'writeReport':
      return `Write this to ${question.file}?`;
    case 'copyPassword':
      return `${question.viewer} will ask for the VNC password. Put it on the clipboard?`;
  }
}

/** What the library of prompts would say in English only. */
export const prompts = {
  keys: { move: 'move', choose: 'choose' },
  yes: 'yes',
  no: 'no',
  yesOrNo: 'Answer y or n',
  empty: 'An answer is needed',
};
