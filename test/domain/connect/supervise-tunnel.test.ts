import { describe, expect, it } from 'vitest';
import {
  type SupervisedTunnel,
  type SuperviseOptions,
  superviseTunnel,
} from '../../../src/domain/connect/supervise-tunnel.js';
import type { Presence } from '../../../src/domain/session/session-poller.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { eventually } from '../../helpers/eventually.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { type FakeTransport, fakeTransport } from '../../helpers/fake-transport.js';
import { createManualClock, type ManualClock } from '../../helpers/manual-clock.js';

const target = { host: EXAMPLE_SESSION.ip, port: EXAMPLE_SESSION.port };
const CUT = new DeskError('ssh.exited', { via: 'login.example', exitCode: 255, reason: 'reset' });
const REFUSED = new DeskError('ssh.authFailed', { via: 'login.example', reason: 'denied' });
const LOST = { kind: 'lost', failure: CUT } as const;

interface Kept {
  readonly tunnel: SupervisedTunnel;
  readonly transport: FakeTransport;
  readonly clock: ManualClock;
  readonly reported: string[];
}

/** @param presences - The results of the first polls; later polls return `listed`. */
async function keep(
  presences: readonly Presence[] = [],
  options: Partial<SuperviseOptions> = {},
): Promise<Kept> {
  const transport = fakeTransport();
  const clock = createManualClock();
  const reported: string[] = [];
  const left = [...presences];
  const tunnel = await superviseTunnel(transport, {
    route: { kind: 'direct', target },
    listen: { kind: 'tcp', port: 0 },
    mayAsk: false,
    timeoutMs: 1_000,
    signal: new AbortController().signal,
    session: EXAMPLE_SESSION,
    poll: async () => left.shift() ?? 'listed',
    ...clock,
    random: () => 0,
    report: ({ kind }) => reported.push(kind),
    ...options,
  });
  return { tunnel, transport, clock, reported };
}

describe('a session that the platform no longer lists', () => {
  it('closes the tunnel; it is polled at once and then every 30 s', async () => {
    const { tunnel, transport, clock, reported } = await keep(['listed', 'unknown', 'gone']);
    await expect(tunnel.closed).rejects.toMatchObject({
      code: 'session.notFound',
      details: { selector: EXAMPLE_SESSION.name },
    });
    expect(transport.events).toEqual(['forward opened', 'forward closed']);
    expect(clock.slept).toEqual([30_000, 30_000]);
    expect(reported.at(-1)).toBe('sessionGone');
  });

  it('is polled with a random delay of up to twice the interval', async () => {
    const { tunnel, clock } = await keep(['listed', 'gone'], { random: () => 0.5 });
    await tunnel.closed.catch(() => {});
    expect(clock.slept).toEqual([45_000]);
  });

  it('is not reconnected after a lost link', async () => {
    const { tunnel, transport } = await keep(['gone']);
    transport.happen(LOST);
    await expect(tunnel.closed).rejects.toMatchObject({ code: 'session.notFound' });
    expect(transport.events).toEqual(['forward opened', 'forward closed']);
  });
});

it('an upcoming sweep is reported while the tunnel is open', async () => {
  let nowMs = 0;
  const sleep = async (durationMs: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    nowMs += durationMs;
    await new Promise(setImmediate);
  };
  const sweepClock = { now: () => new Date(nowMs), nextSweepAt: () => new Date(31 * 60_000) };
  const { tunnel, reported } = await keep([], { sleep, sweepClock });
  await eventually(() => reported.filter((kind) => kind === 'sweepSoon').length === 2);
  await tunnel.close();
});

describe('a lost link', () => {
  it('is retried until it is back, and the tunnel stays open', async () => {
    const { tunnel, transport, reported } = await keep();
    transport.proofs.push(CUT, CUT);
    transport.happen({ kind: 'joined' });
    transport.happen(LOST);
    transport.happen({ kind: 'left' });
    expect(await tunnel.waitForReconnect()).toBe(true);
    expect(transport.events.slice(1)).toEqual(['not proven', 'not proven', 'proven']);
    expect(reported).toEqual([
      ...['routing', 'greeted', 'inUse', 'lost', 'redialling', 'redialling', 'redialling'],
      'restored',
    ]);
    await tunnel.close();
  });

  it('is given up after five minutes', async () => {
    const { tunnel, transport, clock } = await keep();
    transport.proofs.push(...Array.from({ length: 400 }, () => CUT));
    const startedAtMs = clock.now().getTime();
    transport.happen(LOST);
    await expect(tunnel.closed).rejects.toMatchObject({ code: 'tunnel.lost' });
    expect(clock.now().getTime() - startedAtMs).toBeLessThan(6 * 60_000);
    expect(transport.events.at(-1)).toBe('forward closed');
  });

  it('is still retried after the machine was suspended for hours', async () => {
    const { tunnel, transport, clock } = await keep();
    transport.proofs.push(CUT, CUT);
    transport.happen(LOST);
    clock.advance(3 * 3_600_000);
    expect(await tunnel.waitForReconnect()).toBe(true);
    expect(transport.events.slice(1)).toEqual(['not proven', 'not proven', 'proven']);
    await tunnel.close();
  });

  it('is given up at once if the login is refused', async () => {
    const { tunnel, transport } = await keep();
    transport.proofs.push(REFUSED);
    transport.happen(LOST);
    await expect(tunnel.closed).rejects.toBe(REFUSED);
    expect(transport.events).toEqual(['forward opened', 'not proven', 'forward closed']);
  });

  it('is not retried after a client has connected', async () => {
    const { tunnel, transport, reported } = await keep();
    transport.happen(LOST);
    transport.happen({ kind: 'joined' });
    expect(await tunnel.waitForReconnect()).toBe(true);
    expect(reported.at(-1)).toBe('restored');
    expect(transport.events).toEqual(['forward opened']);
    await tunnel.close();
  });
});

describe('waitForReconnect', () => {
  it('returns false if the link was not lost', async () => {
    const { tunnel, transport } = await keep();
    expect(await tunnel.waitForReconnect()).toBe(false);
    transport.happen({ kind: 'joined' });
    transport.happen({ kind: 'left' });
    expect(await tunnel.waitForReconnect()).toBe(false);
    await tunnel.close();
  });

  it('returns true once for each loss', async () => {
    const { tunnel, transport } = await keep();
    transport.happen(LOST);
    expect(await tunnel.waitForReconnect()).toBe(true);
    expect(await tunnel.waitForReconnect()).toBe(false);
    await tunnel.close();
  });
});

describe('the closed promise', () => {
  it('resolves after the abort signal', async () => {
    const user = new AbortController();
    const { tunnel, transport } = await keep([], { signal: user.signal });
    user.abort();
    await tunnel.close();
    await tunnel.closed;
    expect(transport.events).toEqual(['forward opened', 'forward closed']);
  });

  it('rejects with the failure of the forward', async () => {
    const { tunnel, transport } = await keep();
    transport.loseForward(REFUSED);
    await expect(tunnel.closed).rejects.toBe(REFUSED);
  });
});
