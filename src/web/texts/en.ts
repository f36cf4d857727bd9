/** What went wrong, by the error code of the program or what only the page can know. */
const reasons: Readonly<Record<string, string>> = {
  linkSpent:
    'This link has been used or is too old. Run “hpc-desk vnc connect --web” again for a new one.',
  programGone:
    'The program that showed this desktop has ended. Run “hpc-desk vnc connect --web” again.',
  impostor:
    'Another program answers at this address, not the one that opened this page. Nothing was sent to it. Close this tab and run “hpc-desk vnc connect --web” again.',
  unknownKey:
    'This desktop uses RSA-AES, whose key the page cannot check. Use a VNC viewer: “hpc-desk vnc connect”.',
  pageFull: 'This desktop is open in eight tabs or windows already. Close one and try again.',
  unknownLogin:
    'This desktop asks for a user name, which the page does not send. Use a VNC viewer: “hpc-desk vnc connect”.',
  patience: 'The desktop did not come back within five minutes.',
  'session.notFound':
    'The platform no longer lists this session: it was deleted or swept. “hpc-desk vnc connect --web” makes a new one.',
  'tunnel.lost': 'The connection to the desktop broke.',
  'tunnel.unreachable': 'The graphics node cannot be reached.',
  'ssh.exited': 'The ssh connection to the login node ended.',
  'ssh.hostKey':
    'The host key of the login node is not the known one. Log in once with ssh by hand and compare it.',
  'ssh.authFailed': 'The login node refused the log-in. See the terminal for what ssh says.',
  'ssh.missing': 'There is no ssh on this machine.',
  'rfb.notRfb': 'What answers at this address is no VNC desktop.',
  'rfb.broken': 'The desktop sent something that cannot be understood.',
  'rfb.lockedOut':
    'The desktop refuses every log-in for a while, after too many failures. Wait some minutes.',
  'rfb.timeout': 'The desktop says nothing.',
};

export const en = {
  states: {
    opening: 'Opening',
    connecting: 'Connecting',
    password: 'VNC password',
    connected: 'Connected',
    lost: 'Connection lost',
    ended: 'Not connected',
  },
  opening: 'Asking the program for the desktop …',
  connecting: (target: string) => `Reaching the desktop at ${target} …`,
  connected: 'The desktop is shown.',
  passwordAsked: 'This desktop has a VNC password. It is used once and not kept.',
  passwordWrong: 'The desktop did not accept that password. Please try again.',
  password: 'Password',
  logIn: 'Log in',
  tryNow: 'Try now',
  tryAgain: 'Try again',
  reason: (code: string) => reasons[code] ?? `The connection failed (${code}).`,
  lost: 'The connection to the desktop broke.',
  nextTry: (seconds: number) => `Next try in ${seconds} s.`,
  toolbar: 'Desktop tools',
  collapse: 'Hide the tools',
  expand: 'Show the tools',
  screen: 'Remote desktop. Ctrl+Alt+Shift leads back to the tools.',
  mode: 'Size',
  fit: 'Fit',
  fitHint: 'Scale the picture to the window',
  match: 'Match',
  matchHint: 'Make the desktop as large as the window',
  actual: '1:1',
  actualHint: 'Show every pixel; drag to move',
  fullScreen: 'Full screen',
  viewOnly: 'View only',
  quality: 'Quality',
  clipboard: 'Clipboard',
  clipboardLabel: 'Text to send, or text from the desktop',
  send: 'To the desktop',
  get: 'From the desktop',
  sent: 'Sent to the desktop; paste it there.',
  notSent: 'Nothing was sent, because “View only” is on.',
  nothingCopied: 'Nothing has been copied on the desktop yet.',
  got: 'Taken from the desktop, and put on the clipboard of this machine where that is allowed.',
  close: 'Close',
  share: 'Share',
  shareAsked:
    'Share the clipboard with this desktop while this page is in front? The browser asks once. Otherwise use “Clipboard”.',
  tooLong: 'The text on the clipboard was not sent: it is longer than 1 MiB.',
  tooLongToGet:
    'The desktop copied more than 1 MiB; it was not put on the clipboard of this machine.',
  latin1Only:
    'This desktop takes Latin-1 text only; other characters, such as Chinese, arrive as “?”.',
  keys: 'Keys',
  typing: 'Type here; it goes to the desktop',
  screenshot: 'Screenshot',
  facts: 'Session',
  session: 'Session',
  address: 'Address',
  size: 'Size',
  sweep: 'Next sweep',
  sweepIn: (hours: number, minutes: number) =>
    hours === 0 ? `in ${minutes} min` : `in ${hours} h ${minutes} min`,
  sweepSoon: 'Idle sessions are swept soon. Stay connected to keep yours.',
  sweepWarning: (minutes: number) =>
    `The platform sweeps idle sessions in ${minutes} min. Save your work; stay connected to keep the session.`,
  notify: 'Notify me',
  newWindow: 'New window',
  about:
    'The picture is drawn by noVNC 1.7.0, unchanged, under the MPL-2.0; its source is the npm package @novnc/novnc 1.7.0.',
  licences: 'Licences',
};

/** Every sentence of the page; one that is missing in a language does not compile. */
export type Texts = typeof en;
