import type { Endpoint, Route } from './endpoint.js';

/** A progress message or notice; the `i18n` catalogues have its text. */
export type StatusMessage = ProgressEvent | Notice;

/** The current activity; on a terminal it replaces the previous one in the spinner's line. */
export type ProgressEvent =
  | { readonly kind: 'startingSandbox' | 'openingPage' }
  | { readonly kind: 'asking' | 'creating'; readonly origin: string }
  | { readonly kind: 'deleting'; readonly sessionId: string }
  | { readonly kind: 'routing'; readonly route: Route }
  | { readonly kind: 'greeted'; readonly target: Endpoint; readonly rfbVersion: string }
  | { readonly kind: 'viewing'; readonly viewer: string }
  /** The last tab of the page was closed. */
  | { readonly kind: 'deserted'; readonly endsInMs: number }
  | WaitingEvent;

/** Between two attempts; reported about once a second. */
export interface WaitingEvent {
  readonly kind: 'waiting';
  readonly reason: 'busy' | 'rateLimited';
  readonly tries: number;
  readonly elapsedMs: number;
  readonly nextTryInMs: number;
  readonly remainingMs: number;
}

/** An event; printed as a line of its own. */
export type Notice =
  | { readonly kind: 'sshAlive' | 'inUse' | 'idle' | 'restored' }
  | { readonly kind: 'passwordCopied' | 'passwordNotCopied' }
  /** `--print` without a tunnel and without a viewer. */
  | { readonly kind: 'nothingToType'; readonly target: Endpoint }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'redialling'; readonly tries: number; readonly nextTryInMs: number }
  | { readonly kind: 'sessionGone'; readonly name: string }
  | { readonly kind: 'keyExpires'; readonly path: string; readonly leftMs: number }
  | { readonly kind: 'keyExpired'; readonly path: string; readonly expiredAt: string }
  | { readonly kind: 'keyOpen' | 'keyStored' | 'notSaved'; readonly path: string }
  /** On logout. */
  | { readonly kind: 'tunnelsRunning'; readonly count: number }
  /** `show --watch`; `name` is the session's. */
  | { readonly kind: 'watching'; readonly name: string }
  /** `mayExist`: a create request was sent and its response not received. */
  | { readonly kind: 'waitStopped'; readonly mayExist: boolean }
  | { readonly kind: 'clockSkewed'; readonly offsetMs: number }
  | { readonly kind: 'tokenEndsSoon'; readonly minutes: number }
  | { readonly kind: 'pageNotOpened'; readonly outcome: 'failed' | 'impossible' }
  /** `sweepAt` in ISO 8601. */
  | { readonly kind: 'sweepSoon'; readonly minutes: number; readonly sweepAt: string };

/** A prompt; the catalogues have its text. */
export type Question =
  | { readonly kind: 'loginMethod' | 'cluster' }
  | { readonly kind: 'token' | 'user' | 'accessKey' | 'secretKey' | 'orgId' | 'password' }
  | { readonly kind: 'deleteSession'; readonly name: string }
  | { readonly kind: 'writeReport'; readonly file: string }
  | { readonly kind: 'copyPassword'; readonly viewer: string };
