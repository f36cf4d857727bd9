import type { Fault } from '../fixtures/torture-faults.js';

/** A command to run with injected faults. */
export interface TortureRow {
  readonly words: string;
  /** Name of the value that is piped to stdin. */
  readonly stdin?: 'token' | 'secretKey';
  /** Whether it starts without a login; by default there is one. */
  readonly isLoggedOut?: true;
  /** Whether it starts without a session; by default there is one. */
  readonly hasNoSession?: true;
  /** The stored data that it changes; all other data must be unchanged afterwards. */
  readonly changes?: 'credentials' | 'settings';
  /** Whether failures are part of its result, because it continues after them. */
  readonly reports?: true;
  /** Whether it creates or deletes the session. */
  readonly meetsSession?: true;
  /** Whether it takes so long that fewer of its calls are tested. */
  readonly isSlow?: true;
}

/** A login node that denies access, and one that accepts the connection. */
const VIA = '--via me@127.0.0.1 --route ssh';
const THROUGH = '--via through@127.0.0.1 --route ssh';

/** `{…}` are placeholders for URLs and names of the platform and for a folder. */
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
