import type { Fault } from '../fixtures/torture-faults.js';

/** A command to be tortured. */
export interface TortureRow {
  readonly words: string;
  /** What is piped in, by its name. */
  readonly stdin?: 'token' | 'secretKey';
  /** Whether there is a login before; there is unless told. */
  readonly isLoggedOut?: true;
  /** Whether there is a session before; there is unless told. */
  readonly hasNoSession?: true;
  /** Whether it changes what is stored; what it does not change has to be the same afterwards. */
  readonly changes?: 'credentials' | 'settings';
  /** Whether whatever it reports is a result: it does not stop at failures. */
  readonly reports?: true;
  /** Whether it makes or deletes the session. */
  readonly meetsSession?: true;
  /** Whether it takes so long that fewer of its calls are tried. */
  readonly isSlow?: true;
}

/** A login node that refuses us, and one that lets us through. */
const VIA = '--via me@127.0.0.1 --route ssh';
const THROUGH = '--via through@127.0.0.1 --route ssh';

/** `{…}` is filled in: URLs and names of the platform, a folder for files. */
export const TORTURE_ROWS: readonly TortureRow[] = [
  {
    words: 'login --api-url {apiUrl} --token-stdin',
    stdin: 'token',
    isLoggedOut: true,
    changes: 'credentials',
  },
  {
    words:
      'login --platform-url {platformUrl} --auth-url {authUrl} --user test --access-key {accessKey} --secret-key-stdin --remember --json',
    stdin: 'secretKey',
    isLoggedOut: true,
    changes: 'credentials',
  },
  { words: 'logout', changes: 'credentials' },
  { words: 'logout --all', changes: 'credentials' },
  { words: 'whoami' },
  { words: 'whoami --verify' },
  { words: 'clusters' },
  { words: 'clusters use 11250', changes: 'credentials' },
  { words: 'config set timeout 30s', changes: 'settings' },
  { words: 'config unset lang', changes: 'settings' },
  { words: 'config list --json' },
  { words: 'vnc create', hasNoSession: true, meetsSession: true },
  { words: 'vnc list' },
  { words: 'vnc show --json' },
  { words: 'vnc delete --yes', meetsSession: true },
  { words: 'vnc connect --print' },
  { words: `vnc connect --print ${VIA}` },
  { words: 'vnc connect --route direct --viewer tigervnc' },
  { words: `vnc connect ${THROUGH} --viewer tigervnc`, isSlow: true },
  { words: 'vnc connect --route direct --web', isSlow: true },
  { words: 'vnc screenshot --route direct --file {out}/picture.png' },
  { words: 'vnc check --route direct', reports: true },
  { words: `vnc check ${VIA}`, reports: true, isSlow: true },
  { words: 'doctor', reports: true, isSlow: true },
  { words: `doctor ${VIA.replace(' --route ssh', '')} --json`, reports: true, isSlow: true },
  { words: 'viewers' },
];

const once = (kind: Fault['kind'], ...codes: readonly string[]): readonly Fault[] =>
  codes.map((code) => ({ kind, code, isLasting: false }));
const lasting = (kind: Fault['kind'], ...codes: readonly string[]): readonly Fault[] =>
  codes.map((code) => ({ kind, code, isLasting: true }));

export const FAULTS: readonly Fault[] = [
  ...once('file', 'EIO', 'ENOSPC', 'EACCES', 'EMFILE', 'EROFS'),
  ...lasting('file', 'EIO', 'ENOSPC', 'EMFILE'),
  ...once('connect', 'ECONNREFUSED', 'EMFILE', 'ETIMEDOUT'),
  ...lasting('connect', 'ECONNREFUSED', 'ENETUNREACH'),
  ...once('receive', 'ECONNRESET', 'FIN'),
  ...lasting('receive', 'ECONNRESET', 'FIN'),
  ...once('send', 'EPIPE'),
  ...lasting('send', 'ECONNRESET'),
  ...once('listen', 'EADDRINUSE', 'EMFILE'),
  ...once('spawn', 'EAGAIN', 'EMFILE', 'ENOMEM', 'ENOENT', 'EACCES'),
  ...lasting('spawn', 'EAGAIN', 'EMFILE'),
  ...once('lookup', 'EAI_AGAIN'),
  ...once('random', 'ERR_CRYPTO_OPERATION_FAILED'),
  ...once('timer', 'EARLY'),
  ...once('clock', 'FORWARD', 'BACK'),
];
