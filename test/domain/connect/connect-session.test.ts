import { describe, expect, it } from 'vitest';
import { type ConnectPlan, connectSession } from '../../../src/domain/connect/connect-session.js';
import type { DisplayMode } from '../../../src/domain/connect/display-mode.js';
import type { PollSession } from '../../../src/domain/session/session-poller.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { IpAddress, Port } from '../../../src/model/endpoint.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { fakeTransport, TCP, TIGER } from '../../helpers/fake-transport.js';
import { createManualClock } from '../../helpers/manual-clock.js';

const target = { host: '10.0.41.101' as IpAddress, port: 5904 as Port };
const LOST = new DeskError('tunnel.lost', { target: '10.0.41.101:5904', reason: 'reset' });
const FAILED = new DeskError('viewer.failed', { viewer: 'TigerVNC', exitCode: 1, reason: 'x' });
const REFUSED = new DeskError('ssh.authFailed', { via: 'login.example', reason: 'denied' });
const IN_TIGER: DisplayMode = { kind: 'viewer', viewer: TIGER };

/** A sleep that ends only when it is aborted. */
function untilAborted(_durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function planOf(overrides: Partial<ConnectPlan> = {}): ConnectPlan & { reported: string[] } {
  const reported: string[] = [];
  const clock = createManualClock();
  return {
    reported,
    ...clock,
    random: () => 0,
    session: EXAMPLE_SESSION,
    poll: async () => 'listed',
    route: { kind: 'direct', target },
    mode: IN_TIGER,
    language: 'en',
    keepsPage: false,
    localPort: undefined,
    allowAnyUser: false,
    password: 'secret',
    viewOnly: false,
    fullScreen: true,
    link: 'slow',
    mayAsk: false,
    timeoutMs: 1000,
    signal: new AbortController().signal,
    report: ({ kind }) => reported.push(kind),
    ...overrides,
  };
}

describe('with a viewer', () => {
  it('opens the forward, waits for the RFB greeting, and starts the viewer', async () => {
    const [transport, plan] = [fakeTransport(), planOf()];
    const { forward } = await connectSession(transport, plan);
    expect(forward.address).toBe(TCP);
    expect(plan.reported).toEqual(['routing', 'greeted', 'viewing']);
    expect(transport.events).toEqual(['forward opened', 'viewer started']);
    expect(transport.viewers).toEqual([
      {
        address: TCP,
        password: 'secret',
        viewOnly: false,
        fullScreen: true,
        link: 'slow',
        signal: plan.signal,
      },
    ]);
  });

  const tcp = { kind: 'tcp', port: 0, allowAnyUser: false, isForViewer: true } as const;

  it.each([
    ['a socket for a viewer that supports it', IN_TIGER, undefined, { kind: 'socket' }],
    ['the requested port', IN_TIGER, 5901, { ...tcp, port: 5901 }],
    [
      'a free port for other viewers',
      { kind: 'viewer', viewer: { ...TIGER, takesSocket: false } },
      undefined,
      tcp,
    ],
    [
      'a free port without a viewer',
      { kind: 'forward' },
      undefined,
      { ...tcp, isForViewer: false },
    ],
  ] as const)('listens on %s', async (_, mode, localPort, listen) => {
    const transport = fakeTransport();
    await connectSession(transport, planOf({ mode, localPort }));
    expect(transport.forwards.map((options) => options.listen)).toEqual([listen]);
  });

  it('opens a port to other users with allowAnyUser', async () => {
    const transport = fakeTransport();
    const plan = planOf({ mode: { kind: 'forward' }, allowAnyUser: true });
    await connectSession(transport, plan);
    expect(transport.forwards).toMatchObject([{ listen: { allowAnyUser: true } }]);
  });

  it('closes the forward when the viewer exits', async () => {
    const transport = fakeTransport();
    const { closed } = await connectSession(transport, planOf());
    transport.endViewer();
    await closed;
    expect(transport.events.slice(2)).toEqual(['viewer closed', 'forward closed']);
  });

  it('closes the forward and rejects with the failure when the viewer fails', async () => {
    const transport = fakeTransport();
    const { closed } = await connectSession(transport, planOf());
    transport.endViewer(FAILED);
    await expect(closed).rejects.toBe(FAILED);
    expect(transport.events.slice(2)).toEqual(['viewer closed', 'forward closed']);
  });

  it('closes the viewer and rejects with the loss when the forward is lost', async () => {
    const transport = fakeTransport();
    const { closed } = await connectSession(transport, planOf());
    transport.loseForward(LOST);
    await expect(closed).rejects.toBe(LOST);
    expect(transport.events.slice(2).toSorted()).toEqual(['forward closed', 'viewer closed']);
  });

  it('closes the viewer when the forward is closed by the caller', async () => {
    const transport = fakeTransport();
    const { forward, closed } = await connectSession(transport, planOf());
    await forward.close();
    await closed;
    expect(transport.events).toContain('viewer closed');
  });

  it('closes the forward if the viewer does not start', async () => {
    const transport = fakeTransport({ startViewer: () => Promise.reject(FAILED) });
    await expect(connectSession(transport, planOf())).rejects.toBe(FAILED);
    expect(transport.events).toEqual(['forward opened', 'forward closed']);
  });

  it('starts no viewer if the route does not open', async () => {
    const transport = fakeTransport({ openForward: () => Promise.reject(LOST) });
    await expect(connectSession(transport, planOf())).rejects.toBe(LOST);
    expect(transport.events).toEqual([]);
  });
});

describe('a viewer whose connection was lost', () => {
  const CUT = { kind: 'lost', failure: LOST } as const;

  it('is restarted after the link is back, and its exit closes the forward', async () => {
    const [transport, plan] = [fakeTransport(), planOf()];
    const { closed } = await connectSession(transport, plan);
    transport.happen({ kind: 'joined' });
    // The viewer may notice the loss first.
    transport.endViewer(FAILED);
    transport.happen(CUT);
    transport.happen({ kind: 'left' });
    await transport.viewerStarted(2);
    transport.happen({ kind: 'joined' });
    transport.endViewer();
    await closed;
    expect(transport.events.slice(2)).toEqual([
      ...['proven', 'viewer closed', 'viewer started', 'viewer closed', 'forward closed'],
    ]);
    expect(plan.reported.slice(2)).toEqual([
      ...['viewing', 'inUse', 'lost', 'redialling', 'restored', 'viewing', 'inUse'],
    ]);
  });

  it('is not restarted if the reconnection fails', async () => {
    const transport = fakeTransport();
    const { closed } = await connectSession(transport, planOf());
    transport.proofs.push(REFUSED);
    transport.happen({ kind: 'joined' });
    transport.happen(CUT);
    transport.happen({ kind: 'left' });
    transport.endViewer(FAILED);
    await expect(closed).rejects.toBe(REFUSED);
    expect(transport.viewers).toHaveLength(1);
  });

  it('is not restarted if the session no longer exists', async () => {
    const transport = fakeTransport();
    const poll: PollSession = async () => 'gone';
    const { closed } = await connectSession(transport, planOf({ poll, sleep: untilAborted }));
    transport.happen({ kind: 'joined' });
    transport.happen({ kind: 'left' });
    transport.endViewer(FAILED);
    await expect(closed).rejects.toMatchObject({ code: 'session.notFound' });
    expect(transport.viewers).toHaveLength(1);
  });

  it('closes the forward without an error if it exits normally while the link is down', async () => {
    const transport = fakeTransport();
    const { closed } = await connectSession(transport, planOf({ sleep: untilAborted }));
    transport.happen({ kind: 'joined' });
    transport.happen(CUT);
    transport.endViewer();
    await closed;
    expect(transport.events.at(-1)).toBe('forward closed');
  });
});

describe('without a viewer', () => {
  it('the forward stays open until it is closed', async () => {
    const [transport, plan] = [fakeTransport(), planOf({ mode: { kind: 'forward' } })];
    const { forward, closed } = await connectSession(transport, plan);
    expect(plan.reported).toEqual(['routing', 'greeted']);
    await forward.close();
    await closed;
    expect(transport.events).toEqual(['forward opened', 'forward closed']);
  });

  it('rejects with the loss when the forward is lost', async () => {
    const transport = fakeTransport();
    const { closed } = await connectSession(transport, planOf({ mode: { kind: 'forward' } }));
    transport.loseForward(LOST);
    await expect(closed).rejects.toBe(LOST);
  });
});

describe('with the web page', () => {
  const mode = { kind: 'web' } as const;

  it('serves the page in the language of the program, with the session details', async () => {
    const transport = fakeTransport();
    const [language, link] = ['zh', undefined] as const;
    await connectSession(transport, planOf({ mode, language, link, localPort: 6080 }));
    expect(transport.forwards.map((options) => options.listen)).toEqual([
      {
        kind: 'web',
        port: 6080,
        allowAnyUser: false,
        language: 'zh',
        page: {
          name: EXAMPLE_SESSION.name,
          target: '10.0.41.101:5904',
          sweepAt: EXAMPLE_SESSION.sweepAt,
          viewOnly: false,
          fullScreen: true,
          link: null,
          password: 'secret',
        },
      },
    ]);
    expect(transport.viewers).toEqual([]);
  });

  it('rejects with bridge.unused if the page is not opened', async () => {
    const { closed } = await connectSession(fakeTransport(), planOf({ mode }));
    await expect(closed).rejects.toMatchObject({ code: 'bridge.unused' });
  });

  it('stays open without a tab if keepsPage is set', async () => {
    const transport = fakeTransport();
    const plan = planOf({ mode, keepsPage: true, sleep: untilAborted });
    const { forward, closed } = await connectSession(transport, plan);
    transport.happen({ kind: 'joined' });
    transport.happen({ kind: 'left' });
    expect(plan.reported).not.toContain('deserted');
    await forward.close();
    await closed;
  });
});
