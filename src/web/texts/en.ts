/** By error code of the program or reason of the page. */
const reasons: Readonly<Record<string, string>> = {
  linkSpent:
    'This link has been used or has expired. Run “hpc-desk vnc connect --web” to get a new one.',
  programGone:
    'hpc-desk, which served this page, has exited. Run “hpc-desk vnc connect --web” again.',
  impostor:
    'A different program is answering at this address. Nothing was sent to it. Close this tab and run “hpc-desk vnc connect --web” again.',
  unknownKey:
    'This desktop uses RSA-AES, and this page cannot verify its key. Use a VNC viewer: “hpc-desk vnc connect”.',
  pageFull: 'This desktop is already open in eight tabs or windows. Close one and try again.',
  unknownLogin:
    'This desktop requires a user name, which this page does not support. Use a VNC viewer: “hpc-desk vnc connect”.',
  patience: 'Could not reconnect within five minutes.',
  'session.notFound':
    'This session no longer exists: it was deleted or swept. Run “hpc-desk vnc connect --web” to create a new one.',
  'tunnel.lost': 'The connection to the desktop was lost.',
  'tunnel.unreachable': 'The graphics node is unreachable.',
  'ssh.exited': 'The ssh connection to the login node was closed.',
  'ssh.hostKey':
    'The host key of the login node is unknown or has changed. Log in once with ssh and verify it.',
  'ssh.authFailed': 'The login node rejected the login. See the output of ssh in the terminal.',
  'ssh.missing': 'ssh was not found on this machine.',
  'rfb.notRfb': 'The server at this address is not a VNC server.',
  'rfb.broken': 'The desktop sent invalid RFB data.',
  'rfb.lockedOut':
    'The desktop rejects all logins for a while after too many failed attempts. Wait a few minutes.',
  'rfb.timeout': 'No answer from the desktop.',
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
  opening: 'Contacting hpc-desk…',
  connecting: (target: string) => `Connecting to ${target}…`,
  connected: 'Connected.',
  passwordAsked: 'This desktop requires a VNC password. It is kept in memory only.',
  passwordWrong: 'Wrong password. Try again.',
  password: 'Password',
  logIn: 'Log in',
  tryNow: 'Try now',
  tryAgain: 'Try again',
  reason: (code: string) => reasons[code] ?? `The connection failed (${code}).`,
  nextTry: (seconds: number) => `Retrying in ${seconds} s.`,
  toolbar: 'Desktop toolbar',
  collapse: 'Hide toolbar',
  expand: 'Show toolbar',
  screen: 'Remote desktop. Press Ctrl+Alt+Shift to return to the toolbar.',
  mode: 'Size',
  fit: 'Fit',
  fitHint: 'Scale the desktop to fit the window',
  match: 'Match',
  matchHint: 'Resize the desktop to match the window',
  actual: '1:1',
  actualHint: 'Show actual pixels; in view-only mode, drag to pan',
  fullScreen: 'Full screen',
  viewOnly: 'View only',
  quality: 'Quality',
  clipboard: 'Clipboard',
  clipboardLabel: 'Text to send, or text from the desktop',
  send: 'Send to desktop',
  get: 'Get from desktop',
  sent: 'Sent to the desktop. Paste it there.',
  notSent: 'Not sent: “View only” is on.',
  nothingCopied: 'Nothing has been copied on the desktop yet.',
  got: 'Received from the desktop, and copied to the local clipboard if the browser allows it.',
  close: 'Close',
  share: 'Share',
  shareAsked:
    'Share the clipboard with this desktop while this page has the focus? The browser will ask for permission once. You can also use “Clipboard”.',
  tooLong: 'The clipboard was not sent: it is larger than 1 MiB.',
  tooLongToGet:
    'The text copied on the desktop is larger than 1 MiB and was not copied to the local clipboard.',
  latin1Only:
    'This desktop supports Latin-1 text only; other characters, such as Chinese, arrive as “?”.',
  keys: 'Keys',
  typing: 'Text typed here is sent to the desktop',
  screenshot: 'Screenshot',
  session: 'Session',
  address: 'Address',
  size: 'Size',
  sweep: 'Next sweep',
  sweepIn: (minutes: number) =>
    minutes < 60 ? `in ${minutes} min` : `in ${Math.floor(minutes / 60)} h ${minutes % 60} min`,
  sweepSoon: 'Idle sessions will be swept soon. Stay connected to keep yours.',
  sweepWarning: (minutes: number) =>
    `The platform will sweep idle sessions in ${minutes} min. Save your work, and stay connected to keep the session.`,
  notify: 'Notify me',
  newWindow: 'New window',
  about: 'Uses noVNC 1.7.0, unmodified, under the MPL-2.0; source: npm package @novnc/novnc 1.7.0.',
  licences: 'Licences',
};

/** All texts of the page; a missing translation does not compile. */
export type Texts = typeof en;
