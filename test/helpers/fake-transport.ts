import { EventEmitter, once } from 'node:events';
import type { DeskError } from '../../src/errors/desk-error.js';
import type { Port } from '../../src/model/endpoint.js';
import type { Transport } from '../../src/transport/create-transport.js';
import type { Forward } from '../../src/transport/forward/open-forward.js';
import type {
  ForwardAddress,
  ForwardEvent,
  ForwardOptions,
  FoundViewer,
  ViewerOptions,
} from '../../src/transport/transport.js';
import type { RunningViewer } from '../../src/transport/viewer/start-viewer.js';

export const TIGER: FoundViewer = {
  id: 'tigervnc',
  name: 'TigerVNC',
  path: '/usr/bin/xtigervncviewer',
  version: '1.12',
  takesSocket: true,
};

export const TCP: ForwardAddress = { kind: 'tcp', host: '127.0.0.1', port: 40001 as Port };

export interface FakeTransport extends Transport {
  /** What happened, in order. */
  readonly events: string[];
  readonly forwards: ForwardOptions[];
  readonly viewers: ViewerOptions[];
  loseForward(error: unknown): void;
  /** Reports an event of the last forward. */
  happen(event: ForwardEvent): void;
  /** Results of the next `prove` calls: an error to throw, or success; further calls succeed. */
  readonly proofs: (DeskError | undefined)[];
  /** Resolves when the n-th viewer starts, counted from 1. */
  viewerStarted(count: number): Promise<void>;
  /** Ends the viewer that was started last. */
  endViewer(error?: unknown): void;
}

/** Fake forwards and viewers that a test ends at will; methods can be replaced. */
export function fakeTransport(overrides: Partial<Transport> = {}): FakeTransport {
  const events: string[] = [];
  const forwards: ForwardOptions[] = [];
  const viewers: ViewerOptions[] = [];
  const forwardEnd = openEnd();
  const proofs: (DeskError | undefined)[] = [];
  let viewerEnd = openEnd();
  const starts = new EventEmitter();

  const forward: Forward = {
    address: TCP,
    rfbVersion: '003.008',
    closed: forwardEnd.promise,
    async prove() {
      const failure = proofs.shift();
      events.push(failure === undefined ? 'proven' : 'not proven');
      if (failure !== undefined) throw failure;
      return '003.008';
    },
    async close() {
      if (!events.includes('forward closed')) events.push('forward closed');
      forwardEnd.resolve();
    },
  };
  const openViewer = (): RunningViewer => {
    const end = openEnd();
    viewerEnd = end;
    return {
      exited: end.promise,
      async close() {
        events.push('viewer closed');
        end.resolve();
      },
    };
  };
  const openForward = async (options: ForwardOptions) => {
    forwards.push(options);
    events.push('forward opened');
    return forward;
  };
  return {
    events,
    forwards,
    viewers,
    proofs,
    async viewerStarted(count) {
      while (viewers.length < count) await once(starts, 'start');
    },
    happen: (event) => forwards.at(-1)?.report?.(event),
    loseForward: (error) => forwardEnd.reject(error),
    endViewer: (error) => (error === undefined ? viewerEnd.resolve() : viewerEnd.reject(error)),
    openForward,
    async prepareRoute() {
      events.push('route prepared');
      return {
        openForward,
        async close() {
          events.push('route closed');
        },
      };
    },
    openDesktop: async () => {
      throw new Error('no test has said what this desktop is');
    },
    findViewers: async () => ({ viewers: [TIGER], searched: [TIGER.path] }),
    chooseViewer: async () => TIGER,
    takesPassword: () => true,
    findClipboard: async () => undefined,
    async startViewer(_viewer, options) {
      viewers.push(options);
      events.push('viewer started');
      starts.emit('start');
      return openViewer();
    },
    checkKeyFile: async (path) => ({ path, isOpenToOthers: false }),
    openBrowser: async () => 'impossible',
    shell: 'posix',
    tunnelCommand: (route, port) => ['ssh', '-L', String(port), '--', route.via.host],
    viewerCommand: (found, { host, port }, link) => [
      found.path,
      `${host}::${port}`,
      ...(link === undefined ? [] : [link]),
    ],
    ...overrides,
  };
}

/** A promise that is settled from outside. */
function openEnd() {
  let resolve = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // As with the real ones, callers that only close need not handle a rejection.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
