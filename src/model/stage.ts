import type { Endpoint, Route } from './endpoint.js';

/** What the program is doing now; the view finds the words. */
export type Stage =
  | { readonly kind: 'asking'; readonly origin: string }
  | { readonly kind: 'creating'; readonly origin: string }
  | { readonly kind: 'deleting'; readonly sessionId: string }
  | { readonly kind: 'routing'; readonly route: Route }
  | { readonly kind: 'sshAlive' }
  | { readonly kind: 'greeted'; readonly target: Endpoint; readonly rfbVersion: string }
  | { readonly kind: 'viewing'; readonly viewer: string }
  | { readonly kind: 'passwordCopied' }
  | { readonly kind: 'passwordNotCopied' }
  /** `--print` without a tunnel and without a viewer. */
  | { readonly kind: 'nothingToType'; readonly target: Endpoint }
  | { readonly kind: 'inUse' }
  | { readonly kind: 'idle' }
  /** The last tab of the page has gone. */
  | { readonly kind: 'deserted'; readonly endsInMs: number }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'redialling'; readonly tries: number; readonly nextTryInMs: number }
  | { readonly kind: 'restored' }
  | { readonly kind: 'sessionGone'; readonly name: string }
  | { readonly kind: 'keyExpires'; readonly path: string; readonly leftMs: number }
  | { readonly kind: 'keyExpired'; readonly path: string; readonly expiredAt: string }
  | { readonly kind: 'keyOpen'; readonly path: string }
  /** At a log-out. */
  | { readonly kind: 'tunnelsRunning'; readonly count: number }
  /** `show --watch`; `name` is the session's. */
  | { readonly kind: 'watching'; readonly name: string }
  | { readonly kind: 'startingSandbox' }
  | WaitingStage
  /** `mayExist`: the platform was being asked, and nobody heard its answer. */
  | { readonly kind: 'waitStopped'; readonly mayExist: boolean }
  | { readonly kind: 'clockSkewed'; readonly offsetMs: number }
  | { readonly kind: 'keyStored'; readonly path: string }
  | { readonly kind: 'notSaved'; readonly path: string }
  | { readonly kind: 'tokenEndsSoon'; readonly minutes: number }
  | { readonly kind: 'openingPage' }
  | { readonly kind: 'pageNotOpened'; readonly outcome: 'failed' | 'impossible' }
  | { readonly kind: 'sweepSoon'; readonly minutes: number };

/** Between two tries; reported about once a second. */
export interface WaitingStage {
  readonly kind: 'waiting';
  readonly reason: 'busy' | 'rateLimited';
  readonly tries: number;
  readonly elapsedMs: number;
  readonly nextTryInMs: number;
  readonly remainingMs: number;
}
